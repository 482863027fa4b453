import fc from 'fast-check';
import { anyText } from './anyText.mts';
import {
	keepSuspension,
	suspensionIn,
	type Suspension,
} from '../../nodes/Vidu/tasks/suspend/suspension.ts';
import { itemContext } from '../../nodes/Vidu/tasks/context/itemContext.ts';
import type { ItemJob } from '../../nodes/Vidu/tasks/context/job.ts';
import { unreadTask } from '../../nodes/Vidu/providers/types.ts';
import { usualSettings } from './usualSettings.ts';

const text = fc.oneof(
	anyText,
	fc.constantFrom(
		'{"plans":[{"itemIndex":',
		'","state":"queued","nativeState":"created"',
		'\u0001\n',
	),
);

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
				const context = {};
				keepSuspension(context, suspension);
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

test('a sleeping run of one clip keeps under half of what it spells out', () => {
	const job: ItemJob = {
		itemIndex: 0,
		settings: { ...usualSettings, waitMode: 'suspend' },
		item: itemContext(0, 'referenceToVideo', {
			makes: 'video',
			model: 'viduq2',
			estimatedCredits: 30,
			media: [
				{
					type: 'image',
					label: 'image 1 in "Image URLs" of subject 1 "cat"',
					url: 'https://a.b/cat.png',
				},
			],
			downloadVideo: true,
		}),
		key: '0:0:c608a8606442d813',
		pace: { expected: 60_000, interval: null, rings: true },
		timeout: 86_400_000,
		wait: true,
	};
	const task = { ...unreadTask('1024037870869938483'), nativeState: 'created', credits: 30 };
	const suspension: Suspension<ItemJob> = {
		plans: [job],
		rejected: {},
		hints: [],
		failed: {},
		going: { 0: { task, since: 1_795_893_654_131, refusedSince: null, emptySince: null } },
		queued: false,
		blockedSince: null,
		execution: '767',
		run: 0,
	};
	const context: { viduSuspension?: string } = {};
	keepSuspension(context, suspension);
	expect(context.viduSuspension?.length).toBeLessThan(JSON.stringify(suspension).length / 2);
});
