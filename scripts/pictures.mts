/**
 * `npm run pictures`: makes the pictures of README anew, from a real n8n against the sandbox in a real
 * browser, and for looking at them the canvas of every example, in `output/gallery`.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Editor } from '../test/e2e/editor.mts';
import { readExample } from './examples.mts';
import { FILM, filmWorkflow, showFrames } from './filmPicture.mts';
import { freePort } from './ports.mts';
import { stopAll } from './processes.mts';
import { steps } from './progress.mts';
import { setStage } from './stage.mts';

const DOCS = fileURLToPath(new URL('../docs/', import.meta.url));
const GALLERY = fileURLToPath(new URL('../output/gallery/', import.meta.url));
const NODE = 'Vidu Reference to Video';
const SIZE = { width: 1440, height: 860 };
/** The bar at the left of n8n's canvas and the one below it, which say nothing of a workflow. */
const CANVAS = { left: 48, top: 64, bottom: 40 };
/** Three frames and what was ordered. */
const FRAMES = { x: 0, y: 0, width: SIZE.width, height: 290 };

const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-pictures-'));
try {
	await makePictures();
} finally {
	await stopAll();
	await rm(userFolder, { recursive: true, force: true });
}

async function makePictures(): Promise<void> {
	const step = steps();
	const stage = await setStage({
		userFolder,
		filesFolder: join(userFolder, 'files'),
		sandbox: { port: await freePort(4010), speed: 30, renderSeconds: 90, standIns: true },
		step,
	});
	const editor = await Editor.open(stage.n8n.url);
	await editor.page.setViewportSize(SIZE);
	await step('The node and its run', async () => {
		const shipped = await readExample('reference-to-video');
		await editor.openWorkflow(await stage.n8n.client.createWorkflow(shipped));
		await editor.openNode(NODE);
		await editor.chooseCredential(stage.credential.name);
		await editor.parameter('audio').scrollIntoViewIfNeeded();
		await editor.unfold('duration');
		await take(editor, join(DOCS, 'node.png'));
		await editor.openWorkflow(stage.workflows.get('reference-to-video') ?? '');
		await editor.executeWorkflow();
		await editor.page.getByTestId('canvas-node-status-success').nth(1).waitFor();
		await editor.openNode(NODE);
		const output = editor.page.getByTestId('output-panel');
		await output.getByText('Binary', { exact: true }).click();
		await output.getByRole('button', { name: 'View' }).click();
		await output.locator('video').waitFor();
		await editor.page.getByRole('alert').first().waitFor({ state: 'hidden' });
		await take(editor, join(DOCS, 'run.png'));
	});
	await step('A film, and a frame of each of its shots', async () => {
		const id = await stage.n8n.client.createWorkflow(filmWorkflow(stage));
		await editor.openWorkflow(id);
		await editor.openNode(FILM);
		await editor.page.getByText('Look of All Shots').scrollIntoViewIfNeeded();
		await take(editor, join(DOCS, 'film.png'));
		await showFrames(stage, editor.page, id);
		await editor.page.screenshot({ path: join(DOCS, 'shots.png'), clip: FRAMES });
	});
	await mkdir(GALLERY, { recursive: true });
	for (const [name, id] of stage.workflows) {
		await step(`The canvas of ${name}`, async () => {
			await editor.openWorkflow(id);
			await editor.page.getByTestId('zoom-to-fit').click();
			await take(editor, join(GALLERY, `${name}.png`), 'canvas');
		});
	}
	await editor.close();
	await stage.close();
}

async function take(editor: Editor, path: string, part?: 'canvas'): Promise<void> {
	const { left, top, bottom } = CANVAS;
	const [width, height] = [SIZE.width - left, SIZE.height - top - bottom];
	await editor.page.mouse.move(0, 0);
	await editor.settled();
	await editor.page.screenshot({
		path,
		animations: 'disabled',
		...(part && { clip: { x: left, y: top, width, height } }),
	});
}
