import { adviceOn, sentenceOf } from '../../nodes/Vidu/providers/advice';

describe('what the user reads of an error', () => {
	it.each([
		['Unauthorized', 401, /that Region matches the account/],
		['FailedSomehow', 401, /^Check the API key in the credential$/],
		[null, 402, /^Top up the balance/],
		['constructor', 403, /may use this model$/],
	])('is, for %s (HTTP %i), what to do about it', (code, status, advice) => {
		expect(adviceOn(code, status)).toMatch(advice);
	});

	it.each([[null], ['FailedSomehow'], ['constructor']])('is no advice for %s', (code) => {
		expect(adviceOn(code, 500)).toBeNull();
	});

	it.each([
		[null, 'The provider gave no reason'],
		['FailedSomehow', 'FailedSomehow'],
		['Unauthorized', 'Unauthorized'],
		['NoFaceDetected', 'The provider found no clearly visible face in the image'],
	])('is, for %s without a message, a sentence or the code', (code, sentence) => {
		expect(sentenceOf(code)).toBe(sentence);
	});
});
