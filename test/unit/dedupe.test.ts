import type { IDataObject } from 'n8n-workflow';
import { keyedSubmissionsIn } from '../../nodes/Vidu/tasks/submit/deduplication';
import type { Submission } from '../../nodes/Vidu/tasks/submit/submissions';

const DAY = 24 * 3600 * 1000;

const bought = (taskId: string, at: number): Submission => ({ state: 'submitted', taskId, at });

describe('what the workflow remembers under keys of the user', () => {
	let now = 0;
	let stored: IDataObject = {};
	/** As the next execution reads it back from n8n's database. */
	const memory = () => {
		stored = JSON.parse(JSON.stringify(stored)) as IDataObject;
		return keyedSubmissionsIn(stored, 'node 1', () => now);
	};

	beforeEach(() => {
		now = 1_000 * DAY;
		stored = {};
	});

	it('is there in the next execution, until it is taken back', () => {
		memory().set('vidu:row 1', bought('17', now));
		memory().set('vidu:row 2', bought('18', now));
		expect(memory().get('vidu:row 1')).toEqual(bought('17', now));
		memory().delete('vidu:row 1');
		expect(memory().get('vidu:row 1')).toBeUndefined();
		expect(memory().get('vidu:row 2')).toBeDefined();
	});

	it('names tasks only: an order without an answer is none', () => {
		memory().set('vidu:row 1', { state: 'unknown', taskId: null, at: now });
		expect(memory().get('vidu:row 1')).toBeUndefined();
	});

	it('belongs to the node by its id, whatever its name', () => {
		memory().set('vidu:row 1', bought('17', now));
		expect(keyedSubmissionsIn(stored, 'node 2', () => now).get('vidu:row 1')).toBeUndefined();
	});

	it('ends after 30 days', () => {
		memory().set('vidu:row 1', bought('17', now));
		now += 30 * DAY - 1;
		expect(memory().get('vidu:row 1')).toBeDefined();
		now += 1;
		expect(memory().get('vidu:row 1')).toBeUndefined();
	});

	it('is bounded: the oldest of more than a thousand go', () => {
		memory().set('vidu:0', bought('1', now));
		const [slot = ''] = Object.keys(stored);
		const rows = Array.from({ length: 1_000 }, (_, row) => [`vidu:${row}`, bought('1', now + row)]);
		stored[slot] = Object.fromEntries(rows) as IDataObject;
		for (let row = 1_000; row < 1_010; row++) memory().set(`vidu:${row}`, bought('1', now + row));
		expect(memory().get('vidu:9')).toBeUndefined();
		expect(memory().get('vidu:10')).toBeDefined();
		expect(memory().get('vidu:1009')).toBeDefined();
	});

	it('holds no more than it needs: neither results nor addresses', () => {
		const purchase = { ...bought('17', now), callbackUrl: 'https://n8n.example/secret' };
		memory().set('vidu:row 1', purchase);
		expect(JSON.stringify(stored)).not.toContain('secret');
	});
});
