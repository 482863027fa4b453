/** What an output item says of a task. */
import { unreadTask, type Task, type TaskVideo } from '../../nodes/Vidu/providers/types';
import { itemContext, type ItemContext } from '../../nodes/Vidu/tasks/context/itemContext';
import { itemOf } from '../../nodes/Vidu/tasks/deliver/output';

const READ_AT = Date.UTC(2026, 10, 28, 12);
const file = (name: string): TaskVideo => ({
	url: `https://cdn.example/${name}`,
	coverUrl: null,
	watermarkedUrl: null,
});
const item = (task: Partial<Task>, known: Partial<ItemContext> = {}) =>
	itemOf({ ...unreadTask('7'), ...task }, 'vidu', itemContext(0, 'get', known), READ_AT);

const [clip, image, sound] = [file('a.mp4'), file('b.png'), file('c.mp3')];

describe('an output item', () => {
	it('has the ID of its task, or null if the response was the result', () => {
		expect([item({}).taskId, item({ taskId: '' }).taskId]).toEqual(['7', null]);
	});

	it('sorts the results by what their links end with', () => {
		expect(item({ videos: [clip, image, sound] })).toMatchObject({
			videos: [clip],
			images: [{ url: image.url }],
			audios: [{ url: sound.url }],
		});
	});

	it('takes all results for what the operation makes, whatever their links end with', () => {
		const { videos, audios } = item({ videos: [file('a'), clip] }, { makes: 'audio' });
		expect({ videos, audios }).toEqual({
			videos: [],
			audios: [{ url: file('a').url }, { url: clip.url }],
		});
	});

	it('has images and audios only if there are any, raw only if asked', () => {
		const bare = item({ videos: [clip], raw: { secret: 1 } });
		expect(Object.keys(bare)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(images|audios|raw)$/)]),
		);
		expect(item({ raw: { id: '7' } }, { includeRaw: true }).raw).toEqual({ id: '7' });
	});

	it('says until when its links last, counted from when the task was read', () => {
		expect(item({ expiresInSeconds: 90 }).expiresAt).toBe('2026-11-28T12:01:30.000Z');
		expect(item({ expiresInSeconds: null }).expiresAt).toBeNull();
	});

	it('says what went wrong and what it cost, or null', () => {
		const error = { code: 'AuditSubmitIllegal', message: 'refused' };
		const cost = { amount: 0.2, currency: 'USD' };
		expect(item({ error, cost })).toMatchObject({ error, cost });
		expect(item({})).toMatchObject({ error: null, cost: null });
	});

	it('has the payload that the provider returned, else the one that was sent', () => {
		expect(item({ payload: 'returned' }, { payload: 'sent' }).payload).toBe('returned');
		expect(item({ payload: null }, { payload: 'sent' }).payload).toBe('sent');
	});
});
