import { providersOf } from '../../nodes/Vidu/catalogue';
import { derive } from '../../nodes/Vidu/catalogue/derive';

describe('the providers of a model', () => {
	it('are those that offer it for the task, Vidu first', () => {
		expect(providersOf('referenceSubjects', 'viduq3')).toEqual(['vidu', 'kkiai']);
		expect(providersOf('referenceSubjects', 'viduq2-pro-fast')).toEqual(['octopusx', 'vtrix']);
		expect(providersOf('textToVideo', 'viduq9')).toEqual([]);
	});
});

describe('deriving a row', () => {
	it('fails for a model that Vidu lacks at the task', () => {
		expect(() => derive('textToVideo', ['viduq9'], {})).toThrow('viduq9');
	});
});
