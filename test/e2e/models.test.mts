/** The models and prices that the editor shows, by credential. */
import type { INode, INodeParameters } from 'n8n-workflow';
import type { StoredCredential, WorkflowJson } from '../../scripts/n8nClient.mts';
import { Editor } from './editor.mts';
import { openSession, type Session } from './session.mts';

let session: Session;
let editor: Editor;

beforeAll(async () => {
	session = await openSession();
	editor = await Editor.open(session.n8nUrl);
});

afterAll(async () => {
	await editor?.close();
});

interface Setting {
	readonly type?: string;
	readonly parameters?: INodeParameters;
	readonly credential?: StoredCredential;
	readonly others?: readonly INode[];
	readonly connections?: WorkflowJson['connections'];
}

/** Opens a workflow with one node called "Clip", and the node in it. */
async function openClip({
	type = 'viduReferenceToVideo',
	parameters = {},
	credential,
	others = [],
	connections = {},
}: Setting): Promise<void> {
	const clip: INode = {
		...{ id: '6b1c9c2e-0c55-4a39-9a0e-2f1f0a7d0001', name: 'Clip', parameters },
		type: `n8n-nodes-vidu.${type}`,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		...(credential && { credentials: { viduApi: { id: credential.id, name: credential.name } } }),
	};
	const id = await session.client.createWorkflow({
		...{ name: 'Models', nodes: [clip, ...others], connections },
		settings: {},
	});
	await editor.openWorkflow(id);
	await editor.openNode('Clip');
}

const SUBJECTS = {
	vidu: [
		...['Vidu Q2', 'Vidu Q2 Pro', 'Vidu Q3', 'Vidu Q3 Turbo', 'Vidu Q3 Drama', 'Vidu Q1'],
		'Vidu 2.0',
	],
	vtrix: ['Vidu Q2 Pro Fast', 'Vidu Q1'],
};
const OTHER = 'Other Model (by Its Name)';

describe('the list of models', () => {
	it('follows the credential, and keeps the chosen model in sight', async () => {
		await openClip({ credential: session.credential });
		expect(await editor.offered('model')).toEqual([...SUBJECTS.vidu, OTHER]);

		await editor.reloading(async () => await editor.chooseCredential('Vtrix (sandbox)'));
		const missing = 'Vidu Q2 (Not Offered by Vtrix)';
		expect(await editor.chosen('model')).toBe(missing);
		expect(await editor.offered('model')).toEqual([...SUBJECTS.vtrix, missing, OTHER]);
		await editor.screenshot('models-vtrix');

		await editor.choose('model', 'Vidu Q2 Pro Fast');
		expect((await editor.offered('duration')).at(-1)).toBe('8 Seconds');
		expect(await editor.offered('resolution')).toEqual(['720p', '1080p']);
	});

	it('takes the name of a model that it does not know', async () => {
		await openClip({ credential: session.credential });
		await editor.choose('model', OTHER);
		await editor.parameter('otherModel').locator('input').fill('viduq5-pro');
		await editor.screenshot('models-other');
		expect(await editor.chosen('duration')).toBe("Model's Default");
	});

	it('follows the kind of reference', async () => {
		await openClip({ credential: session.credential });
		await editor.reloading(async () => await editor.choose('referenceType', 'Media'));
		expect(await editor.offered('model')).toContain('Vidu Q3 Mix');
	});

	it('has all models, with those who offer them, while there is no credential', async () => {
		// n8n chooses a credential by itself as long as there is any.
		const credentials = /\/rest\/credentials(\/for-workflow)?(\?|$)/;
		await editor.page.route(
			credentials,
			async (route) => await route.fulfill({ json: { data: [] } }),
		);
		await openClip({});
		const models = await editor.described('model');
		await editor.screenshot('models-no-credential');
		await editor.page.unroute(credentials);
		expect([...models.keys()]).toEqual(expect.arrayContaining(Object.values(SUBJECTS).flat()));
		expect(models.get('Vidu Q2 Pro Fast')).toMatch(/Offered by OctopusX, Vtrix\.$/);
	});

	it('gives way to an expression, and the fields to what any model takes', async () => {
		await openClip({
			credential: session.credential,
			parameters: { model: '={{ $json.model }}' },
		});
		expect(await editor.chosen('duration')).toBe("Model's Default");
		expect(await editor.offered('resolution')).toEqual([
			...["Model's Default", '360p', '540p', '720p', '1080p', '2K', '4K'],
		]);
		await editor.closeNode();
		expect(await editor.onCanvas('Clip')).toContain('price by expression');
	});

	it("is there in an agent's tool too, beside the fields that the agent may fill in", async () => {
		const agent = {
			...{ id: '6b1c9c2e-0c55-4a39-9a0e-2f1f0a7d0002', name: 'Agent', parameters: {} },
			...{ type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 2 },
			position: [200, -200] as [number, number],
		};
		await openClip({
			type: 'viduReferenceToVideoTool',
			credential: session.credential,
			others: [agent],
			connections: { Clip: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
		});
		expect(await editor.offered('model')).toEqual([...SUBJECTS.vidu, OTHER]);
		const filledByAgent = editor.page.getByTestId('from-ai-override-button');
		expect(await filledByAgent.count()).toBeGreaterThan(3);
		await editor.parameter('prompt').scrollIntoViewIfNeeded();
		await editor.screenshot('models-tool');
	});
});

describe('the fields below the model', () => {
	it('are those of the provider: Audio for start and end at OctopusX, none at Vidu', async () => {
		const parameters = {
			resource: 'video',
			operation: 'startEndToVideo',
			model: 'viduq2-pro',
			duration: 6,
		};
		await openClip({ type: 'vidu', parameters, credential: session.credential });
		expect(await editor.offered('audio')).toEqual(['Not Available with Vidu']);
		await editor.screenshot('fields-vidu');
		await editor.reloading(async () => await editor.chooseCredential('OctopusX (sandbox)'));
		expect(await editor.offered('audio')).toEqual(['On', 'Off']);
		await editor.choose('audio', 'On');
		expect(await editor.chosen('duration')).toBe('6 Seconds');
		await editor.screenshot('fields-octopusx');
		await editor.reloading(async () => await editor.chooseCredential(session.credential.name));
		expect(await editor.chosen('audio')).toBe('On (Not Accepted by Vidu)');
		await editor.screenshot('fields-back-at-vidu');
	});

	it('have no price at a provider whose prices are not known', async () => {
		const parameters = { resource: 'video', operation: 'imageToVideo', model: 'viduq3-pro' };
		await openClip({ type: 'vidu', parameters, credential: session.credential });
		await editor.reloading(async () => await editor.chooseCredential('OctopusX (sandbox)'));
		expect([...(await editor.described('resolution')).values()].join('')).not.toContain('credits');
		await editor.screenshot('image-octopusx');
	});

	it('offer Vidu Q4 with what is new in it', async () => {
		const parameters = { referenceType: 'media', model: 'viduq4-preview' };
		await openClip({ credential: session.credential, parameters });
		expect(await editor.offered('resolution')).toEqual(['540p', '720p', '1080p', '2K', '4K']);
		await editor.screenshot('q4-media');
		expect(await editor.page.getByText('Add Reference Sound URL').count()).toBe(1);
		await editor.parameter('aspectRatio').scrollIntoViewIfNeeded();
		await editor.screenshot('q4-media-below');
	});
});

describe('the price', () => {
	it('is at every option, and on the canvas as soon as something is chosen', async () => {
		await openClip({ credential: session.credential });
		expect((await editor.described('duration')).get('5 Seconds')).toBe(
			'540p: 35 credits ($0.18), 720p: 45 ($0.23), 1080p: 115 ($0.58)',
		);
		expect((await editor.described('resolution')).get('720p')).toBe(
			'45 credits ($0.23) for 5 s, 5 ($0.025) per further second',
		);
		await editor.choose('duration', '8 Seconds');
		await editor.choose('resolution', '1080p');
		await editor.closeNode();
		expect(await editor.onCanvas('Clip')).toContain('≈ 145 credits ($0.73) at Vidu · q2 8s 1080p');
		await editor.screenshot('price-on-canvas');
	});

	it('is told by Account, Estimate', async () => {
		await openClip({
			type: 'vidu',
			credential: session.credential,
			parameters: { resource: 'account', operation: 'estimate' },
		});
		await editor.reloading(async () => await editor.choose('task', 'Image to Video'));
		expect(await editor.offered('model')).toContain('Vidu Q3 Pro Fast');
		await editor.screenshot('estimate');
		await editor.page.getByTestId('node-execute-button').click();
		const panel = editor.page.getByTestId('output-panel');
		await panel.getByText('atMost').first().waitFor();
		expect(await panel.innerText()).toMatch(/atMost[\s\S]*100/);
		await editor.screenshot('estimate-run');
	});
});
