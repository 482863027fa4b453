import { followed, takeIn, takeInLook, untilRecheck } from '../../nodes/Vidu/tasks/poll/follow';
import type { Statuses } from '../../nodes/Vidu/tasks/context/job';
import { unreadTask, type Task } from '../../nodes/Vidu/providers/types';
import { failure } from '../../nodes/Vidu/transport/failure';

const HOUR = 3_600_000;
const told = { createdAt: '2026-11-29T12:00:00.000Z', credits: 40, payload: 'row 7' };
const created: Task = { ...unreadTask('1'), ...told };
const running: Task = { ...unreadTask('1'), state: 'processing', nativeState: 'processing' };
const NOTHING: Statuses = { tasks: new Map(), refused: new Map(), trouble: null };
const REFUSED = { ...NOTHING, refused: new Map([['1', failure('No such task', 'Check the ID')]]) };

test('what only the create response said of a task stays with it, unless a poll says otherwise', () => {
	const entry = followed(created, 0);
	takeIn(entry, running, 1000);
	expect(entry.task).toEqual({ ...running, ...told });
	const later = { createdAt: '2026-11-29T12:00:01.000Z', credits: 45, payload: 'row 8' };
	takeIn(entry, { ...running, ...later }, 2000);
	expect(entry.task).toEqual({ ...running, ...later });
});

test('a refused poll counts after three minutes, or after the patience for an ID that was entered', () => {
	const seen = (patience: number | undefined, at: number) => {
		const entry = followed(created, 0);
		takeInLook(entry, { timeout: HOUR, patience }, REFUSED, 0);
		return takeInLook(entry, { timeout: HOUR, patience }, REFUSED, at);
	};
	expect(seen(undefined, 179_999)).toBe('running');
	expect(seen(undefined, 180_000)).toMatchObject({
		message: 'No such task',
		description: expect.stringMatching(/Check the ID.*You will not be charged again/),
	});
	expect(seen(30_000, 29_999)).toBe('running');
	expect(seen(30_000, 30_000)).toMatchObject({ description: 'Check the ID.' });
});

test('after its time a task is a failure that says how long, and why the last poll failed', () => {
	const trouble = { retryAfter: null, reason: 'HTTP 502' };
	const at = (now: number, statuses: Statuses) =>
		takeInLook(followed(created, 0), { timeout: 60_000 }, statuses, now);
	expect(at(59_999, NOTHING)).toBe('running');
	expect(at(60_000, NOTHING)).toMatchObject({
		message: 'The task was still queued after 60 s',
		description: expect.not.stringMatching(/not answered/),
	});
	expect(at(60_000, { ...NOTHING, trouble })).toMatchObject({
		description: expect.stringMatching(/was not answered: HTTP 502/),
	});
});

test('a task whose last poll was odd is polled again soon', () => {
	const entry = followed(created, 0);
	expect(untilRecheck(entry, { timeout: HOUR })).toBe(Infinity);
	for (const odd of [{ refusedSince: 0 }, { emptySince: 0 }]) {
		expect(untilRecheck({ ...entry, ...odd }, { timeout: HOUR })).toBe(15_000);
		expect(untilRecheck({ ...entry, ...odd }, { timeout: HOUR, patience: 10_000 })).toBe(5_000);
	}
});
