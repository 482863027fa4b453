import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callOf } from '../../nodes/Vidu/tasks/context/call';

/** An execution as n8n hands it to the node: the same context data for all calls. */
function execution(type: string) {
	const data: IDataObject = {};
	const context = {
		getNode: () => ({ type }),
		getContext: () => data,
	} as unknown as IExecuteFunctions;
	return (run: number) => callOf(context, run);
}

describe('which call of the node a purchase belongs to', () => {
	it('is its run in a loop, for a node in a workflow', () => {
		const call = execution('n8n-nodes-vidu.vidu');
		expect(call(0).keyFor(0, 'x')).toBe(call(0).keyFor(0, 'x'));
		expect(call(1).keyFor(0, 'x')).not.toBe(call(0).keyFor(0, 'x'));
		expect(call(0).keyFor(1, 'x')).not.toBe(call(0).keyFor(0, 'x'));
	});

	describe('for the tool of an agent', () => {
		it('is the same for every try, although n8n counts the run up', () => {
			const call = execution('n8n-nodes-vidu.viduTool');
			const keys = [0, 1, 2].map((run) => {
				const one = call(run);
				const key = one.keyFor(0, 'x');
				one.end(run === 2);
				return key;
			});
			expect(new Set(keys).size).toBe(1);
		});

		it('is another one for a second, deliberate call', () => {
			const call = execution('n8n-nodes-vidu.viduTool');
			const first = call(0);
			const key = first.keyFor(0, 'x');
			first.end(true);
			expect(call(1).keyFor(0, 'x')).not.toBe(key);
		});

		it('is the same where n8n repeats a call that returned an error, under its own run', () => {
			const call = execution('n8n-nodes-vidu.viduTool');
			const first = call(3);
			const key = first.keyFor(0, 'x');
			first.end(true);
			expect(call(3).keyFor(0, 'x')).toBe(key);
		});

		it('is another one for each of several calls at once', () => {
			const call = execution('n8n-nodes-vidu.viduTool');
			const calls = [call(0), call(1), call(2)];
			expect(new Set(calls.map((one) => one.keyFor(0, 'x'))).size).toBe(3);
		});
	});
});
