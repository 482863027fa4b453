/** Tests of what a gateway does with the operations of the Vidu node (facts: gateways.md, sections 2 to 5). */
import type { IDataObject } from 'n8n-workflow';
import { GATEWAY_KEYS } from '../../../sandbox/server.mts';
import { at, openWire, picture, type Refused, type Row } from './wire.mts';

export const image = { operation: 'imageToVideo', imageUrl: picture('first'), prompt: 'it turns' };
export const frames = {
	operation: 'startEndToVideo',
	startImageUrl: picture('first'),
	endImageUrl: picture('last'),
	prompt: 'it turns',
};
export const text = { operation: 'textToVideo', prompt: 'it turns' };
export const large = { options: { movementAmplitude: 'large' } };
export const marked = (wmPosition: number) => ({ options: { watermark: true, wmPosition } });
export const hook = { options: { callbackUrl: 'https://n8n.example/hook' } };
export const tooLong = (length: number) => `={{ "x".repeat(${length}) }}`;

type Order = readonly [model: string, set: IDataObject, path: string, id: string | undefined];

export interface Gateway {
	readonly provider: keyof typeof GATEWAY_KEYS;
	/** Where an order of a model goes, and the model's name in the body. */
	readonly orders: readonly Order[];
	readonly rows: readonly Row[];
	readonly refused: readonly Refused[];
}

/** Holds the node to what a gateway's pages say. */
export function describeGateway({ provider, orders, rows, refused }: Gateway): void {
	describe(provider, () => {
		const wire = openWire({
			credential: { provider, apiKey: GATEWAY_KEYS[provider] },
			type: 'vidu',
			base: { resource: 'video' },
		});

		it.each(orders)('takes %s for %j at %s as %s', async (model, set, path, id) => {
			// As an expression, since the list holds what Vidu itself offers.
			const order = await wire.order({ ...set, model: `=${model}` });
			expect(order.path).toBe(path);
			expect(order.body.model).toBe(id);
		});

		it.each(rows)('sends %s: %j arrives at %s as %j', async (_, set, path, value) => {
			expect(at((await wire.order(set)).body, path)).toStrictEqual(value);
		});

		it.each(refused)('refuses %s: %j', async (_, set, sentence) => {
			expect(await wire.refusal(set)).toMatch(sentence);
		});

		it.each([
			['task', 'getMany', /Tasks can be listed/],
			['task', 'cancel', /Tasks can be cancelled/],
			['account', 'getCredits', /The balance can be read/],
		])('has no %s: %s, and says who has it', async (resource, operation, sentence) => {
			const said = await wire.refusal({ resource, operation, taskId: '1' });
			expect(said).toMatch(sentence);
			expect(said).toMatch(/at Vidu only/);
		});
	});
}
