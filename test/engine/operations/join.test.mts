/** Video → Join in n8n's engine: clips of the sandbox from data fields and addresses become one file. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INode } from 'n8n-workflow';
import { clip } from '../../../sandbox/media.mts';
import { look } from '../../unit/join/clips.mts';
import { account, errorText } from '../harness/clip.mts';
import { runWorkflow, type InputItem, type Run, type RunOptions } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';

const made = async (seconds: number, audio: boolean, resolution = '360p') =>
	await clip({ seconds, resolution, aspect: '16:9', audio, medium: 'video' } as Parameters<
		typeof clip
	>[0]);
const file = (data: Buffer, fileName: string) => ({ data, fileName, mimeType: 'video/mp4' });

let clips: Buffer[];
let server: Server;
let asked: string[] = [];

beforeAll(async () => {
	clips = [await made(2, true), await made(1, false), await made(3, true)];
	server = createServer(({ url = '', headers }, response) => {
		asked.push(`${url} ${headers.authorization ?? 'without a key'}`);
		const bytes = clips[Number(url.slice(1))];
		response.writeHead(bytes ? 200 : 404).end(bytes);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => void (asked = []));
afterAll(async () => await new Promise((resolve) => server.close(resolve)));

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function join(
	parameters: IDataObject,
	items: InputItem[] = [{ json: {} }],
	options: RunOptions = {},
	settings: Partial<INode> = {},
): Promise<Run> {
	const joining = node({
		name: 'Join',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: { resource: 'video', operation: 'join', ...parameters },
		...settings,
	});
	// A provider that is not there: nothing is sent to it.
	const where = account('http://127.0.0.1:1');
	return await runWorkflow(chain([joining]), { ...where, items, ...options });
}

const inItems = (): InputItem[] =>
	clips.map((bytes, index) => ({ binary: { data: file(bytes, `shot${index + 1}.mp4`) } }));

test.each(['filesystem', 'default'] as const)(
	'the clips of all items become one file that says how long it is, in %s mode',
	async (binaryMode) => {
		const done = await join({}, inItems(), { binaryMode });
		expect(errorText(done)).toBe('undefined\nundefined');
		const [item, ...others] = done.items('Join');
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			json: {
				provider: 'vidu',
				operation: 'join',
				clips: 3,
				duration: 6,
				width: 640,
				height: 360,
			},
			binary: { data: { fileName: 'joined.mp4', mimeType: 'video/mp4', fileExtension: 'mp4' } },
			pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
		});
		const film = await look(await done.binary(item));
		expect(film.pictures.packets).toHaveLength(6 * 12);
		expect(film.duration).toBeCloseTo(6, 1);
		expect(film.sound?.end).toBeCloseTo(6, 1);
	},
);

test('each item can have its own clips, in the order of their names', async () => {
	const [long, silent] = clips.map((bytes, index) => file(bytes, `${index}.mp4`));
	const items = [{ binary: { a: long!, b: silent! } }, { binary: { a: silent!, b: silent! } }];
	const parameters = {
		clipsFrom: 'fields',
		binaryPropertyNames: 'b, a',
		options: { binaryPropertyName: 'film', fileName: '={{ $itemIndex }}.mp4' },
	};
	const done = await join(parameters, items);
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(done.items('Join')).toMatchObject([
		{ json: { duration: 3 }, binary: { film: { fileName: '0.mp4' } }, pairedItem: { item: 0 } },
		{ json: { duration: 2 }, binary: { film: { fileName: '1.mp4' } }, pairedItem: { item: 1 } },
	]);
});

test('clips from addresses are downloaded without the key', async () => {
	const videoUrls = [`${address()}/1`, `${address()}/0`];
	const done = await join({ clipsFrom: 'urls', videoUrls });
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(done.items('Join')).toMatchObject([{ json: { clips: 2, duration: 3 } }]);
	expect(asked).toEqual(['/1 without a key', '/0 without a key']);
});

test.each<[string, IDataObject, RegExp]>([
	[
		'an address that nobody has',
		{ videoUrls: ['{url}/0', '{url}/9'] },
		/^Clip 2 could not be down.*404/,
	],
	['no address', { videoUrls: [] }, /^There are no clips to join/],
	['what is no address', { videoUrls: ['shot.mp4'] }, /^Video 1 in "Video URLs" is not a URL/],
])('%s is named', async (_, given, message) => {
	const text = JSON.stringify(given).replaceAll('{url}', address());
	const done = await join({ clipsFrom: 'urls', ...(JSON.parse(text) as IDataObject) });
	expect(errorText(done)).toMatch(message);
});

test('a file that does not fit is named by its place and its name, and stops the node or becomes its error', async () => {
	const items = inItems();
	items[1] = { binary: { data: file(await made(1, true, '540p'), 'wide.mp4') } };
	expect(errorText(await join({}, items))).toMatch(
		'Clip 2 (wide.mp4) is 960×540, but Clip 1 (shot1.mp4) is 640×360',
	);
	const cut = file(clips[2]!.subarray(0, 9000), 'cut.mp4');
	const broken = [items[0]!, { binary: { data: cut } }];
	const done = await join({}, broken, {}, { onError: 'continueRegularOutput' });
	expect(done.items('Join')).toMatchObject([
		{ json: { error: { message: 'Clip 2 (cut.mp4) is truncated' } } },
	]);
});

test('an item without a file is named', async () => {
	const done = await join({}, [...inItems(), { json: {} }]);
	expect(errorText(done)).toMatch(
		/"Input Data Field Name" for item 3 is data, but the item has no files/,
	);
});
