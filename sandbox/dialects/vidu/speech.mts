/** Speech and cloned voices: the answer brings the result. */
import type { FastifyInstance } from 'fastify';
import { integer, text, type Body } from '../../documents/values.mts';
import { readTextToSpeech, readVoiceClone, speechSeconds } from '../../documents/viduAudio.mts';
import { Refusal } from '../../documents/viduErrors.mts';
import { clonePrice, speechPrice } from '../../documents/viduOperationPrices.mts';
import type { Task } from '../../tasks.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { UNSEEN, operation } from './operation.mts';
import { audioOf } from './sources.mts';
import { createdAt, stateOf } from './shapes.mts';

export function speechRoutes(app: FastifyInstance, provider: Provider): void {
	operation(
		app,
		provider,
		'audio-tts',
		(body) => textToSpeech(readTextToSpeech(body)),
		(task) => ({
			...head(provider, task),
			file_url: fileOf(provider, task),
			credits: provider.book.charged(task),
			...tail(task),
		}),
	);
	operation(
		app,
		provider,
		'audio-clone',
		(body, key) => clone(provider, key, readVoiceClone(body)),
		(task) => ({
			...head(provider, task),
			// "Not returned if the task failed."
			voice_id: provider.book.stage(task) === 'success' ? task.echo.voice_id : undefined,
			demo_audio: fileOf(provider, task),
			...tail(task),
		}),
	);
}

function textToSpeech(body: Body): Draft {
	const words = text(body, 'text');
	return {
		...spokenDraft(body, integer(body, 'voice_setting_speed')),
		credits: speechPrice(words),
		echo: { payload: body.payload ?? '' },
	};
}

function clone(provider: Provider, key: string, body: Body): Draft {
	const voice = text(body, 'voice_id');
	const example = text(body, 'prompt_audio_url');
	const sources = [text(body, 'audio_url'), ...(example === '' ? [] : [example])];
	const [failure] = sources.flatMap((url) => audioOf(provider, url).failure ?? []);
	if (provider.library.hasVoice(key, voice)) {
		throw new Refusal('Conflict', `voice_id ${voice} exists already`);
	}
	return {
		...spokenDraft(body),
		credits: clonePrice(text(body, 'text')),
		failure,
		echo: { voice_id: voice, payload: body.payload ?? '' },
	};
}

const spokenDraft = (body: Body, speed?: number) => ({
	...UNSEEN,
	model: '',
	audio: true,
	duration: speechSeconds(text(body, 'text'), speed),
	medium: 'speech' as const,
	instant: true,
});

const head = (provider: Provider, task: Task) => ({
	task_id: task.id,
	state: stateOf(provider, task).state,
});

const tail = (task: Task) => ({ payload: task.echo.payload, created_at: createdAt(task) });

const fileOf = (provider: Provider, task: Task) =>
	provider.book.stage(task) === 'success' ? provider.results.issue(task, ['speech']).speech : '';
