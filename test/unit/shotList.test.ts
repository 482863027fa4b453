/** The shot list of a film, as people and LLMs write it. */
import fc from 'fast-check';
import {
	MAX_SHOTS,
	readShotList,
	SHOT_LIST_SCHEMA,
	type ShotList,
} from '../../nodes/Vidu/operations/film/shotList';

const read = (value: unknown) => readShotList(value) as ShotList;
const cat = { name: 'cat', images: ['https://example.com/cat.png'] };
const robot = { name: '@robot', libraryId: '907' };

describe('a shot list', () => {
	it('gives each shot the defaults of the film, unless it has its own', () => {
		const { title, shots } = read({
			title: 'Rain',
			defaults: { duration: 5, resolution: '720p' },
			shots: [{ prompt: 'rain' }, { prompt: 'sun', duration: 8, model: 'viduq3' }],
		});
		expect(title).toBe('Rain');
		expect(shots).toEqual([
			{ prompt: 'rain', duration: 5, resolution: '720p', characters: [] },
			{ prompt: 'sun', duration: 8, resolution: '720p', model: 'viduq3', characters: [] },
		]);
	});

	it('puts those subjects into a shot that its prompt mentions, or that it lists', () => {
		const { shots, unused } = read({
			subjects: [cat, robot, { name: 'dog', images: ['https://example.com/dog.png'] }],
			shots: [
				{ prompt: '@cat meets @robot' },
				{ prompt: 'it runs', subjects: ['@cat'] },
				{ prompt: 'an empty street' },
			],
		});
		expect(shots.map(({ characters }) => characters.map(({ name }) => name))).toEqual([
			['cat', 'robot'],
			['cat'],
			[],
		]);
		expect(unused).toEqual(['dog']);
	});

	it.each([
		[{ shots: [] }, '"shots" is empty: add at least one shot'],
		[{}, '"Shot List" has no shots'],
		[[], '"Shot List" must be an object'],
		[{ shots: [{ prompt: 'a' }, {}] }, 'Shot 2 has no prompt'],
		[{ shots: [{ prompt: ' ' }] }, '"prompt" of shot 1 is empty'],
		[{ shots: [{ prompt: 'a', duration: '5' }] }, '"duration" of shot 1 must be a whole number'],
		[
			{ shots: [{ prompt: 'a', lenght: 5 }] },
			'Shot 1 has the field "lenght", which is unknown. Known: prompt, duration, subjects, model',
		],
		[
			{ shots: [{ prompt: 'a', startFrom: 'previous' }] },
			'Shot 1 has the field "startFrom", which is unknown. Known: prompt, duration, subjects, model',
		],
		[
			{ subjects: [cat], shots: [{ prompt: 'a', subjects: ['dog'] }] },
			'Shot 1 uses the subject "dog", but there are cat',
		],
		[
			{ defaults: { audio: 'yes' }, shots: [{ prompt: 'a' }] },
			'"audio" of the defaults must be true or false',
		],
		[{ subjects: [{ images: [] }], shots: [{ prompt: 'a' }] }, 'Subject 1 has no name'],
		[
			{ shots: Array.from({ length: 200 }, () => ({ prompt: 'a' })) },
			`"shots" has 200 entries, but may have at most ${MAX_SHOTS}`,
		],
	])('%j is refused: %s', (list, sentence) => {
		expect(readShotList(list)).toEqual([sentence]);
	});

	it('names every mistake at once', () => {
		expect(readShotList({ shots: [{}, { prompt: 3 }], titel: 'x' })).toHaveLength(3);
	});

	it('is read or refused, whatever it is', () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.object({ key: anyKey })), (value) => {
				const list = readShotList(value);
				if ('shots' in list) expect(list.shots.length).toBeGreaterThan(0);
				else for (const sentence of list) expect(sentence).toMatch(/\S/);
			}),
			{ numRuns: 2000 },
		);
	});

	it('is described by a schema that needs the shots only', () => {
		expect(SHOT_LIST_SCHEMA.required).toEqual(['shots']);
		expect(JSON.stringify(SHOT_LIST_SCHEMA).length).toBeLessThan(2500);
	});
});

const anyKey = fc.constantFrom('shots', 'prompt', 'subjects', 'title', '__proto__', 'constructor');
