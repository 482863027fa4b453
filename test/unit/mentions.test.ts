import fc from 'fast-check';
import { readMentions } from '../../nodes/Vidu/tasks/validate/mentions';

describe('@name in the prompt', () => {
	it.each([
		['@cat meets @robot', ['cat', 'robot'], [], []],
		['一只可爱的@cat在草地上奔跑', ['cat'], [], []],
		['[@cat] sleeps', ['cat'], [], []],
		['@cat2 and @cat', ['cat', 'cat2'], [], []],
		['@dog, @cat!', ['cat'], ['dog'], []],
		['a cat', ['cat'], [], ['cat']],
		['write to me@example.com, shot @ 24 fps', ['cat'], [], ['cat']],
		['@1 and @2 eating hotpot', ['1', '2'], [], []],
		['[@red car] passes [@blue car]', ['red car'], ['blue car'], []],
	])('in "%s"', (prompt, names, unknown, unused) => {
		expect(readMentions(prompt, names)).toEqual({ unknown, unused, open: [] });
	});

	it('tells a name with spaces that is not in brackets', () => {
		expect(readMentions('@red car passes', ['red car'])).toEqual({
			...{ unknown: [], unused: [], open: ['red car'] },
		});
	});

	it('finds every subject that is mentioned, whatever stands around it', () => {
		const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
		fc.assert(
			fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), (names) => {
				const prompt = names.map((each) => `@${each} walks`).join(', ');
				expect(readMentions(prompt, names)).toEqual({ unknown: [], unused: [], open: [] });
			}),
		);
	});
});
