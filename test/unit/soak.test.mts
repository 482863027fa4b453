/** What `npm run soak` makes of its figures; the soak itself takes an hour. */
import { balance, type Item, type Paid, type Told } from '../soak/books.mts';
import { judge } from '../soak/judge.mts';

describe('a figure', () => {
	const GRAIN = 2;
	/** As many figures as an hour brings, that wander by up to 10 around 1000. */
	const figures = (seed: number, grown: (at: number) => number, count = 120) => {
		let state = seed;
		return Array.from({ length: count }, (_, at) => {
			state = (state * 48271) % 2147483647;
			return 1000 + 10 * (state / 2147483647) + grown(at);
		});
	};
	const SEEDS = Array.from({ length: 50 }, (_, at) => 1 + at * 7919);
	const flat = (grown: (at: number) => number, count?: number) =>
		SEEDS.filter((seed) => judge(figures(seed, grown, count), GRAIN).isFlat);

	it('that only wanders is flat', () => {
		expect(flat(() => 0)).toEqual(SEEDS);
	});

	it('that grew until it was warm, and then no more, is flat', () => {
		expect(flat((at) => 5 * Math.min(at, 60))).toEqual(SEEDS);
	});

	it('that grows in half an hour by half as much again as it wanders is not', () => {
		expect(flat((at) => at / 2)).toEqual([]);
	});

	it('that grows steadily is not, after minutes already', () => {
		expect(flat((at) => 10 * at, 16)).toEqual([]);
	});

	it('that counts a few things more or less is flat', () => {
		const ones = [40, 40, 40, 40, 41, 40, 41, 41];
		expect(judge(ones, GRAIN).isFlat).toBe(true);
		expect(judge([...ones, 44, 45, 46, 46], GRAIN).isFlat).toBe(false);
	});
});

describe('the books', () => {
	const task = (id: string, more: Partial<Paid> = {}): Paid => ({
		id,
		prompt: `the cat of row ${id.slice(2)}`,
		isHidden: false,
		...more,
	});
	const item = (taskId: string, more: Partial<Item> = {}): Item => ({
		execution: '7',
		place: 'Clips',
		taskId,
		...more,
	});
	const told = (more: Partial<Told>): Told => ({ items: [], executions: [], log: '', ...more });

	it('find each task that was paid for in an item, an error or the log', () => {
		const paid = ['901', '902', '903'].map((id) => task(id));
		const all = told({
			items: [item('901')],
			executions: ['ran out of time: 902'],
			log: 'Clip: 903',
		});
		expect(balance(paid, all)).toEqual({
			...{ billed: 3, items: 1, errors: 1, log: 1, doubts: 0, wrong: [] },
		});
	});

	it('name what came out nowhere', () => {
		expect(balance([task('901')], told({})).wrong).toEqual([
			'task 901 came out nowhere: the cat of row 1',
		]);
	});

	it('accept a doubt about what the provider kept to itself, and about nothing else', () => {
		const doubt = told({
			executions: ['"the cat of row 1": Vidu may or may not have accepted the request'],
		});
		expect(balance([task('901', { isHidden: true })], doubt)).toMatchObject({
			doubts: 1,
			wrong: [],
		});
		expect(balance([task('901')], doubt).wrong).toHaveLength(1);
		expect(balance([task('902', { isHidden: true })], doubt).wrong).toHaveLength(1);
	});

	it('name what was bought twice, and what a node put out twice', () => {
		const paid = [task('901'), task('902', { prompt: 'the cat of row 1' })];
		const twice = told({
			items: [item('901'), item('901'), item('901', { place: 'Wait' }), item('902')],
		});
		expect(balance(paid, twice).wrong).toEqual([
			'bought twice: the cat of row 1',
			'put out twice: 901 at Clips',
		]);
	});
});
