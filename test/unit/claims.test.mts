import * as n8nWorkflow from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { claimsOf, type Claims } from '../../nodes/Vidu/tasks/submit/claims.ts';
import { PATIENCE } from '../../nodes/Vidu/tasks/context/patience.ts';

type Patience = typeof import('../../nodes/Vidu/tasks/context/patience.ts');

/** Longer than anybody takes to write. */
PATIENCE.otherWorkers = 40;

/** One row of n8n's database: read, changed and written back whole, as n8n 2.40 does; who writes last wins. */
class Row {
	private entries: readonly string[] | null = null;

	async check(items: string[], delays: { read: number; write: number }) {
		await passed(delays.read);
		const read = this.entries;
		const fresh = items.filter((item) => !read?.includes(item));
		await passed(delays.write);
		if (read === null && this.entries !== null) throw new Error('duplicate primary key');
		this.entries = [...(read ?? []), ...fresh];
		return { new: fresh, processed: items.filter((item) => !fresh.includes(item)) };
	}

	remove(items: string[]) {
		this.entries = (this.entries ?? []).filter((entry) => !items.includes(entry));
	}
}

const passed = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A worker is a process of its own, with its own copies of the modules. */
const workers = Array.from({ length: 4 }, () => {
	let claims = claimsOf;
	jest.isolateModules(() => {
		// n8n's own code holds no state of a worker, and takes long to load.
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		({ claimsOf: claims } =
			require('../../nodes/Vidu/tasks/submit/claims.ts') as typeof import('../../nodes/Vidu/tasks/submit/claims.ts'));
		Object.assign(
			(require('../../nodes/Vidu/tasks/context/patience.ts') as Patience).PATIENCE,
			PATIENCE,
		);
	});
	return claims;
});

function claimsAt(
	index: number,
	row: Pick<Row, 'check' | 'remove'>,
	delays: { read: number; write: number },
): Claims {
	const helpers = {
		checkProcessedAndRecord: async (items: string[]) => await row.check(items, delays),
		removeProcessed: async (items: string[]) => row.remove(items),
	};
	return (workers[index] as typeof claimsOf)({
		helpers,
	} as unknown as IExecuteFunctions);
}

beforeAll(() => jest.useFakeTimers());
afterAll(() => jest.useRealTimers());

/** What comes of it, however long it waits. */
async function inNoTime<T>(work: Promise<T>): Promise<T> {
	await jest.runAllTimersAsync();
	return await work;
}

const AT_ONCE = { read: 0, write: 0 };
const delay = fc.integer({ min: 0, max: 12 });

describe('a key of the user is claimed', () => {
	test('by one of several workers, whenever each reads and writes, and whoever claims other keys meanwhile', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ read: delay, write: delay, begins: delay }), {
					minLength: 2,
					maxLength: 4,
				}),
				fc.boolean(),
				async (given, fresh) => {
					const row = new Row();
					if (!fresh) await inNoTime(row.check(['of an earlier day'], AT_ONCE));
					const claimed = await inNoTime(
						Promise.all(
							given.map(async ({ begins, ...delays }, index) => {
								const claims = claimsAt(index, row, delays);
								await passed(begins);
								const other = index === 0 ? claims.take('another row') : undefined;
								const own = await claims.take('row 1');
								return [own, await other];
							}),
						),
					);
					expect(claimed.filter(([own]) => own === 'mine')).toHaveLength(1);
					expect(claimed[0]?.[1]).toBe('mine');
				},
			),
			{ numRuns: 100 },
		);
	});

	test('again after it was given back, and not before', async () => {
		const row = new Row();
		const [one, two] = [claimsAt(0, row, AT_ONCE), claimsAt(1, row, AT_ONCE)];
		expect(await inNoTime(one.take('row 1'))).toBe('mine');
		expect(await inNoTime(two.take('row 1'))).toBe('taken');
		await inNoTime(one.giveBack('row 1'));
		expect(await inNoTime(two.take('row 1'))).toBe('mine');
	});

	test("says what n8n's database says where it cannot be used", async () => {
		const broken = {
			check: async () => await Promise.reject(new Error('no table')),
			remove: () => undefined,
		};
		const claims = claimsAt(0, broken, AT_ONCE);
		expect(await inNoTime(claims.take('row 1'))).toEqual(new Error('no table'));
	});
});
