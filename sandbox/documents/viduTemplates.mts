/** "Scene effect template" and "Template story". */
import { check } from './check.mts';
import { flag, oneOf, table, text, texts, whole } from './fields.mts';
import type { Body } from './values.mts';
import { NUMBERED_MARK, RETURNED } from './viduCommon.mts';
import { miscounted, unwanted } from './viduErrors.mts';

/** What belongs to one template alone: "available only when template is …". */
const OWN_FIELDS: Readonly<Record<string, string>> = {
	area: 'exotic_princess',
	beast: 'beast_companion',
};

/** "Parameters differ from template to template": neither names nor numbers of images are listed. */
const TEMPLATE = table(['template', 'images'], {
	template: text(),
	images: texts(1),
	prompt: text(2000),
	seed: whole(),
	// 1:1 is in the international page only.
	aspect_ratio: oneOf('16:9', '9:16', '1:1'),
	area: oneOf(
		...['auto', 'denmark', 'uk', 'africa', 'china', 'mexico', 'switzerland'],
		...['russia', 'italy', 'korea', 'thailand', 'india', 'japan'],
	),
	beast: oneOf('auto', 'bear', 'tiger', 'elk', 'snake', 'lion', 'wolf'),
	bgm: flag,
	...NUMBERED_MARK,
	...RETURNED,
});

const STORIES = ['love_story', 'workday_feels', 'monkey_king', 'pigsy', 'monk_tang', 'one_shot'];
/** Seen in real answers: "one_shot" wants three images. */
const ONE_SHOT_IMAGES = 3;

const STORY = table(['story', 'images'], {
	story: oneOf(...STORIES),
	images: texts(1),
	...RETURNED,
});

/** @throws {Refusal} as does `readStory` */
export function readTemplate(parameters: unknown): Body {
	const body = check(TEMPLATE, parameters);
	for (const [field, template] of Object.entries(OWN_FIELDS)) {
		if (body[field] !== undefined && body.template !== template) throw unwanted(field);
	}
	return body;
}

export function readStory(parameters: unknown): Body {
	const body = check(STORY, parameters);
	const images = Array.isArray(body.images) ? body.images.length : 0;
	if (body.story === 'one_shot' && images < ONE_SHOT_IMAGES) {
		throw miscounted('images', `at least ${ONE_SHOT_IMAGES}`);
	}
	return body;
}
