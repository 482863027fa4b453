import { readExample } from '../../scripts/examples.mts';
import { useEditor } from './editor.mts';
import { clip, flow } from './flows.mts';

const NODE = 'Vidu Reference to Video';

const stage = useEditor();

const seconds = (from: number, to: number) =>
	Array.from(
		{ length: to - from + 1 },
		(_, index) => `${from + index} Second${from + index > 1 ? 's' : ''}`,
	);

/** platform.vidu.com/docs/reference-to-video, with subjects. The chosen one is the document's default. */
const MODELS = [
	{
		model: 'viduq1',
		name: 'Vidu Q1',
		durations: ['5 Seconds'],
		duration: '5 Seconds',
		resolutions: ['1080p'],
		resolution: '1080p',
		aspectRatios: ['16:9', '1:1', '9:16'],
		audio: false,
	},
	{
		model: 'vidu2.0',
		name: 'Vidu 2.0',
		durations: ['4 Seconds'],
		duration: '4 Seconds',
		resolutions: ['360p', '720p'],
		resolution: '360p',
		aspectRatios: ['16:9', '1:1', '9:16'],
		audio: false,
	},
	{
		model: 'viduq3-turbo',
		name: 'Vidu Q3 Turbo',
		durations: seconds(3, 16),
		duration: '5 Seconds',
		resolutions: ['1080p', '540p', '720p'],
		resolution: '720p',
		aspectRatios: ['16:9', '1:1', '3:4', '4:3', '9:16', 'Automatic'],
		audio: true,
	},
	{
		model: 'viduq2',
		name: 'Vidu Q2',
		durations: seconds(1, 10),
		duration: '5 Seconds',
		resolutions: ['1080p', '540p', '720p'],
		resolution: '720p',
		aspectRatios: ['16:9', '1:1', '3:4', '4:3', '9:16'],
		audio: false,
	},
];

describe('the node, added in the editor', () => {
	beforeAll(async () => {
		const id = await stage.session.client.createWorkflow({
			name: 'In the editor',
			nodes: [
				{
					id: '0d0f5f0c-3c7e-4f7c-8a52-3f0a1de7a001',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
			],
			connections: {},
			settings: {},
		});
		await stage.editor.openWorkflow(id);
		await stage.editor.addNode('vidu', NODE);
	});

	it('lets the credential be chosen', async () => {
		const credential = stage.editor.page.getByTestId('node-credentials-select');
		await credential.click();
		await stage.editor.page.getByRole('option', { name: stage.session.credential.name }).click();
		expect(await credential.getByRole('combobox').inputValue()).toBe(stage.session.credential.name);
		await stage.editor.screenshot('node-added');
	});

	it.each(MODELS)('offers for $model what its document says', async (row) => {
		await stage.editor.choose('model', row.name);
		const ratios = await stage.editor.offered('aspectRatio');

		expect(await stage.editor.chosen('model')).toBe(row.name);
		expect(await stage.editor.offered('duration')).toEqual(row.durations);
		expect(await stage.editor.chosen('duration')).toBe(row.duration);
		expect((await stage.editor.offered('resolution')).sort()).toEqual(row.resolutions);
		expect(await stage.editor.chosen('resolution')).toBe(row.resolution);
		expect(ratios.map((ratio) => ratio.split(' ')[0]).sort()).toEqual(row.aspectRatios);
		expect(await stage.editor.isOn('audio')).toBe(row.audio);

		await stage.editor.parameter('audio').scrollIntoViewIfNeeded();
		await stage.editor.screenshot(`model-${row.model}`);
	});
});

describe('the Vidu node in the editor', () => {
	it.each(['Image to Video', 'Get the task again'])(
		'shows for "%s" what belongs there',
		async (name) => {
			const nodes = [
				clip('Image to Video', stage.session.credential, {
					parameters: { operation: 'imageToVideo' },
				}),
				clip('Get the task again', stage.session.credential, {
					parameters: { resource: 'task', operation: 'get' },
				}),
			];
			await stage.editor.openWorkflow(
				await stage.session.client.createWorkflow(flow('Vidu', nodes)),
			);
			await stage.editor.openNode(name);
			await stage.editor.screenshot(`vidu-${name.toLowerCase().replace(/ /g, '-')}`);
			const makes = name === 'Image to Video';
			expect(await stage.editor.parameter('model').count()).toBe(makes ? 1 : 0);
			expect(await stage.editor.parameter('imageUrl').count()).toBe(makes ? 1 : 0);
			expect(await stage.editor.parameter('taskId').count()).toBe(makes ? 0 : 1);
			expect(await stage.editor.parameter('aspectRatio').count()).toBe(0);
		},
	);
});

describe('the options in the editor', () => {
	let workflow: string;

	beforeAll(async () => {
		const { credential } = stage.session;
		const options = { seed: 7, maxCredits: 100 };
		const trigger = clip('Trigger', credential);
		const nodes = [
			clip('Earlier', credential, { options }),
			clip('Upscale', credential, { parameters: { operation: 'upscale' } }),
			{ ...trigger, type: 'n8n-nodes-vidu.viduTrigger', parameters: {} },
		];
		workflow = await stage.session.client.createWorkflow(flow('Options', nodes));
	});

	/** Opens a node, with its options in view. */
	async function open(name: string): Promise<void> {
		await stage.editor.openWorkflow(workflow);
		await stage.editor.openNode(name);
		await stage.editor.page.getByTestId('collection-parameter-add').last().scrollIntoViewIfNeeded();
		await stage.editor.screenshot(`options-${name.toLowerCase()}`);
	}

	it('are two lists, and what an earlier workflow has stays where it is', async () => {
		await open('Earlier');
		const panel = stage.editor.page.getByTestId('node-parameters');
		for (const label of ['Video Options', 'Seed', 'Max Credits', 'Run and Cost Options'])
			await panel.getByText(label, { exact: true }).waitFor();
		expect(await stage.editor.page.getByTestId('collection-parameter-add').count()).toBe(2);
	});

	it('are one list where none shapes the result', async () => {
		await open('Upscale');
		expect(await stage.editor.page.getByTestId('collection-parameter-add').count()).toBe(1);
		await stage.editor.page.getByText('Use this or "Video Creation ID", not both').waitFor();
	});

	it('are those of the trigger, whose Docs link opens its own page', async () => {
		await open('Trigger');
		const docs = stage.editor.page.getByRole('link', { name: 'Docs' });
		expect(await docs.getAttribute('href')).toMatch(/\/docs\/trigger\.md$/);
	});
});

describe('the shipped example, opened in the editor', () => {
	it('runs to a clip that the output panel shows', async () => {
		const workflow = await readExample('reference-to-video', stage.session);
		await stage.editor.openWorkflow(await stage.session.client.createWorkflow(workflow));
		await stage.editor.screenshot('example');

		await stage.editor.executeWorkflow();
		await stage.editor.page
			.getByTestId('canvas-node-status-success')
			.nth(1)
			.waitFor({ timeout: 60_000 });
		await stage.editor.screenshot('example-run');
		await stage.editor.openNode(NODE);
		await stage.editor.screenshot('example-output');
		const panel = stage.editor.page.getByTestId('output-panel');
		expect(await panel.innerText()).toMatch(/1 item[\s\S]*\.mp4[\s\S]*video\/mp4/);

		await panel.getByText('JSON', { exact: true }).click();
		await panel.getByText('succeeded').first().waitFor();
		await stage.editor.screenshot('example-output-json');
	});
});
