/** Sound effects, from a text or from texts on a timeline. */
import type { FastifyInstance } from 'fastify';
import { text, type Body } from '../../documents/values.mts';
import { effectSeconds, readTextToAudio, readTimingToAudio } from '../../documents/viduAudio.mts';
import { effectPrice } from '../../documents/viduOperationPrices.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { seedOf } from './echo.mts';
import { UNSEEN, callbackOf, operation } from './operation.mts';

export function effectRoutes(app: FastifyInstance, provider: Provider): void {
	operation(app, provider, 'text2audio', (body) => effect(readTextToAudio(body), 'prompt'));
	operation(app, provider, 'timing2audio', (body) =>
		effect(readTimingToAudio(body), 'timing_prompts'),
	);
}

/** @param told the field that says what is to be heard */
function effect(body: Body, told: string): Draft {
	const model = text(body, 'model');
	const duration = effectSeconds(body);
	return {
		...UNSEEN,
		model,
		prompt: text(body, 'prompt'),
		audio: true,
		duration,
		medium: 'sound',
		credits: effectPrice(duration),
		callbackUrl: callbackOf(body),
		echo: { model, [told]: body[told], duration, seed: seedOf(body) },
	};
}
