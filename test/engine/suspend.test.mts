import type { IDataObject, INode } from 'n8n-workflow';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import type { RunOptions } from './harness/run.mts';
import { WaitingRoom } from './harness/waitingRoom.mts';
import { chain, node } from './harness/workflow.mts';

const SANDBOX = { speed: 90, renderSeconds: 90, callbackRetrySeconds: 60 };
let sandbox: Sandbox;
let room: WaitingRoom;
beforeAll(async () => {
	sandbox = await startSandbox(SANDBOX);
	room = await WaitingRoom.open();
});
afterEach(() => sandbox.reset());
afterAll(async () => {
	await sandbox.close();
	await room.close();
});
function clip(options: IDataObject = {}, settings: Partial<INode> = {}): INode {
	return node({
		name: 'Clip',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: { operation: 'textToVideo', model: 'viduq2', prompt: '={{ $json.prompt }}', waitMode: 'suspend', options },
		...settings,
	});
}
const account = (): RunOptions => ({
	credentials: { Vidu: { type: 'viduApi', data: { apiKey: SANDBOX_KEY, baseUrl: sandbox.url } as never } },
});
test('rings', async () => {
	const { id, suspended, resumed } = await room.suspend(chain([clip()]), { ...account(), items: ['a', 'b', 'c'].map((prompt) => ({ json: { prompt } })) });
	console.log(suspended.status, suspended.waitTill);
	const done = await resumed;
	console.log(done.status, done.error, done.items('Clip').map(({ json, pairedItem }) => [json.state, pairedItem]), done.hints('Clip'));
	console.log(room.answers, sandbox.requests().filter(({ method }) => method === 'GET').map(({ path }) => path));
	console.log(JSON.stringify(done.context('Clip')), id);
});
test('by the clock', async () => {
	const { id, resumed } = await room.suspend(chain([clip()]), { ...account(), items: ['a [callback=none]', 'b [callback=none]', 'c [callback=none]', 'd [callback=none]','e [callback=none]','f [callback=none]','g [callback=none]'].map((prompt) => ({ json: { prompt } })) });
	const timer = setInterval(() => void room.wake(id), 500);
	const done = await resumed;
	clearInterval(timer);
	console.log(done.status, done.error, done.items('Clip').map(({ json, pairedItem }) => [json.state, pairedItem]), done.hints('Clip'));
	console.log(room.answers, sandbox.requests().filter(({ method }) => method === 'GET').map(({ path }) => path));
});
