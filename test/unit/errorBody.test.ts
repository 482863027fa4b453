/** What is read from a provider's refusal. */
import { readErrorBody } from '../../nodes/Vidu/providers/errors';

describe('the body of an error', () => {
	it.each([
		['the innermost message', { error: { message: 'in', code: 'c' }, message: 'out' }, 'in'],
		['an error that is a text', { error: 'text', message: 'out' }, 'text'],
		['the message', { message: 'out', detail: 'more' }, 'out'],
		['a detail', { detail: 'more' }, 'more'],
		['the code alone', { reason: 'SomeReason' }, 'SomeReason'],
		['nothing', {}, 'no reason was given'],
	])('tells %s', (_, body, message) => {
		expect(readErrorBody(400, body).message).toBe(message);
	});

	it.each([
		['of the error before those around it', { error: { code: 'inner' }, code: 'outer' }, 'inner'],
		['by its reason', { reason: 'TaskNotFound', code: 5 }, 'TaskNotFound'],
		['of a gateway', { err_code: 'E7' }, 'E7'],
		['not if it repeats the status', { code: 400 }, null],
		['not if it says that all is well', { code: 'success' }, null],
		['not if there is none', { message: 'no' }, null],
	])('has a code: %s', (_, body, code) => {
		expect(readErrorBody(400, body).code).toBe(code);
	});

	it('has the ID to quote to support', () => {
		const both = { metadata: { trace_id: 't1' }, request_id: 'r1' };
		expect(readErrorBody(400, both).traceId).toBe('t1');
		expect(readErrorBody(400, { request_id: 'r1' }).traceId).toBe('r1');
		expect(readErrorBody(400, {}).traceId).toBeNull();
	});

	it.each([
		[400, false, false],
		[429, true, true],
		[499, false, false],
		[500, true, false],
		[503, true, false],
	])(
		'without a code that is known, status %d may pass: %p; nothing was accepted for sure: %p',
		(status, retryable, notTaken) => {
			expect(readErrorBody(status, {})).toMatchObject({ retryable, notTaken });
		},
	);
});
