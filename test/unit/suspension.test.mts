import fc from 'fast-check';
import { anyText } from './anyText.mts';
import {
	keepSuspension,
	suspensionIn,
	type Suspension,
} from '../../nodes/Vidu/tasks/suspend/suspension.ts';

const text = fc.oneof(anyText, fc.constantFrom('\u0001\n', '请稍候', '"\\'));

test('what a sleeping run kept comes back as it was, whatever its texts are', () => {
	fc.assert(
		fc.property(
			fc.array(fc.dictionary(text, fc.oneof(text, fc.double(), fc.constant(null)))),
			(plans) => {
				const suspension: Suspension<unknown> = {
					plans: JSON.parse(JSON.stringify(plans)) as unknown[],
					rejected: {},
					hints: ['\u8bf7稍候 \u001f'],
					failed: {},
					going: {},
					queued: true,
					blockedSince: null,
					execution: '7',
					run: 0,
				};
				const context: { viduSuspension?: string } = {};
				keepSuspension(context, suspension);
				// V8 keeps such a text in one byte a character.
				expect(context.viduSuspension).toMatch(/^[\0-\xff]+$/);
				expect(suspensionIn(JSON.parse(JSON.stringify(context)))).toEqual(suspension);
			},
		),
	);
});

test('a run that is no longer suspended keeps nothing', () => {
	const context = {};
	keepSuspension(context, undefined);
	expect(suspensionIn(context)).toBeUndefined();
});
