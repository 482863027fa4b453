import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { recordTaskId } from '../../nodes/Vidu/tasks/submit/customData';

/** n8n's custom data of an execution: 10 keys of up to 512 characters, more is cut or dropped. */
function customData(noted: Record<string, string> = {}) {
	const store = {
		getAll: () => ({ ...noted }),
		set: (key: string, value: string) => {
			noted[key] = value;
		},
	};
	return { noted, context: { customData: store } as unknown as IExecuteFunctions };
}

const id = fc.stringMatching(/^\d{15,20}$/);

describe('task ids in the custom data of an execution', () => {
	it('all stand there, each once and whole, within what n8n keeps', () => {
		fc.assert(
			fc.property(fc.array(id, { maxLength: 150 }), (ids) => {
				const { noted, context } = customData({ ticket: 'of the user' });
				for (const each of [...ids, ...ids]) recordTaskId(context, each);
				const { ticket, ...ours } = noted;
				expect(ticket).toBe('of the user');
				expect(Object.keys(ours).length).toBeLessThanOrEqual(8);
				for (const text of Object.values(ours)) expect(text.length).toBeLessThanOrEqual(512);
				const told = Object.values(ours).flatMap((text) => text.split(','));
				expect(told.sort()).toEqual([...new Set(ids)].sort());
			}),
		);
	});

	it('fills eight keys and then leaves out, without touching what is there', () => {
		const { noted, context } = customData();
		for (let serial = 0; serial < 500; serial++)
			recordTaskId(context, String(10 ** 17 + serial * 100));
		expect(Object.keys(noted)).toHaveLength(8);
		const before = { ...noted };
		recordTaskId(context, '999999999999999999');
		expect(noted).toEqual(before);
	});

	it('are left out where n8n has no custom data, or does not take it', () => {
		const broken = {
			customData: {
				getAll: () => {
					throw new Error('no such table');
				},
			},
		} as unknown as IExecuteFunctions;
		expect(() => recordTaskId({}, '1')).not.toThrow();
		expect(() => recordTaskId(broken, '1')).not.toThrow();
	});
});
