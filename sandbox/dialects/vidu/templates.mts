/** Effect templates and template stories. Their lengths are the template's own. */
import type { FastifyInstance } from 'fastify';
import { imagesOf, text, type Body } from '../../documents/values.mts';
import { STORY_PRICE, TEMPLATE_PRICE } from '../../documents/viduOperationPrices.mts';
import { readStory, readTemplate } from '../../documents/viduTemplates.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { echoReference, seedOf } from './echo.mts';
import { UNSEEN, callbackOf, operation } from './operation.mts';

const SECONDS = { template: 4, story: 8 };

export function templateRoutes(app: FastifyInstance, provider: Provider): void {
	operation(app, provider, 'template', (body) => template(provider, readTemplate(body)));
	operation(app, provider, 'template-story', (body) => story(provider, readStory(body)));
}

function template(provider: Provider, body: Body): Draft {
	const prompt = text(body, 'prompt');
	const aspect = text(body, 'aspect_ratio') || '16:9';
	return {
		...shared(body),
		prompt,
		aspect,
		audio: body.bgm === true,
		duration: SECONDS.template,
		credits: TEMPLATE_PRICE,
		echo: {
			template: body.template,
			prompt,
			images: echoImages(provider, body),
			seed: seedOf(body),
			aspect_ratio: aspect,
			bgm: body.bgm ?? false,
			payload: body.payload ?? '',
			watermark: body.watermark ?? false,
		},
	};
}

/** "one_shot has the ratio of its first image"; the others want portraits, so that is what they make. */
function story(provider: Provider, body: Body): Draft {
	return {
		...shared(body),
		aspect: body.story === 'one_shot' ? undefined : '9:16',
		audio: true,
		duration: SECONDS.story,
		credits: STORY_PRICE,
		echo: {
			story: body.story,
			images: echoImages(provider, body),
			payload: body.payload ?? '',
		},
	};
}

const echoImages = (provider: Provider, body: Body) =>
	imagesOf(body).map(([, value]) => echoReference(provider, value));

const shared = (body: Body) => ({
	...UNSEEN,
	model: '',
	resolution: '720p',
	references: { images: imagesOf(body) },
	callbackUrl: callbackOf(body),
});
