/** Subjects of the library, recommended prompts, uploaded pictures, and tasks that are waited for. */
import type { IDataObject } from 'n8n-workflow';
import { errorText } from '../harness/clip.mts';
import { blankPicture, picture, quick, useStage } from './vidu.mts';

const stage = useStage();

async function subject(name: string): Promise<string> {
	const done = await stage.run('subject', 'create', { name, imageUrls: [stage.sample('cat.png')] });
	expect(errorText(done)).toBe('undefined\nundefined');
	return String((stage.outputs(done)[0]?.subject as IDataObject).id);
}

describe('the subject library', () => {
	test('takes a subject with pictures, also from binary fields, and says what it cost', async () => {
		const done = await stage.run(
			'subject',
			'create',
			{
				name: 'cat',
				imageUrls: [stage.sample('cat.png')],
				binaryPropertyNames: 'data',
				voiceId: 'English_Aussie_Bloke',
			},
			[await picture('robot.png')],
		);
		expect(stage.bodies('/subjects')).toEqual([
			{
				name: 'cat',
				images: [stage.sample('cat.png'), expect.stringMatching(/^data:image\/png;base64,/)],
				voice_id: 'English_Aussie_Bloke',
			},
		]);
		const [item] = stage.outputs(done);
		expect(item).toMatchObject({
			operation: 'create',
			state: 'succeeded',
			credits: 5,
			estimatedCredits: 5,
			subject: { id: item?.taskId, name: 'cat' },
		});
		expect(done.items('Vidu')[0]?.binary).toBeUndefined();
	});

	test('shows a subject by its id, and names one that is not there', async () => {
		const id = await subject('cat');
		const done = await stage.run('subject', 'get', {}, [{ json: { subject: { id } } }]);
		expect(stage.outputs(done)).toMatchObject([{ subject: { id, name: 'cat' } }]);
		const missing = await stage.run('subject', 'get', { subjectId: '42' });
		expect(errorText(missing)).toContain('Vidu has no subject 42');
	});

	test('lists own subjects over several pages, and those of the provider', async () => {
		const names = Array.from({ length: 101 }, (_, index) => `subject-${index}`);
		const image = stage.sample('cat.png');
		await stage.run(
			'subject',
			'create',
			{ name: '={{ $json.name }}', imageUrls: [image], options: { maxConcurrency: 20 } },
			names.map((name) => ({ json: { name } })),
		);
		const named = (outputs: IDataObject[]) =>
			outputs.map((json) => (json.subject as IDataObject).name);
		const all = await stage.run('subject', 'getMany', { returnAll: true });
		expect(named(stage.outputs(all)).sort()).toEqual([...names].sort());
		const two = await stage.run('subject', 'getMany', { limit: 2 });
		expect(stage.outputs(two)).toHaveLength(2);
		const system = await stage.run('subject', 'getMany', { ownership: 'system' });
		expect(named(stage.outputs(system))).toContain('Cat');
	});

	test('changes just what is given', async () => {
		const id = await subject('cat');
		const done = await stage.run('subject', 'update', { style: 'watercolour' }, [
			{ json: { subject: { id } } },
		]);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.bodies(`/subjects/${id}`)).toEqual([{ style: 'watercolour' }]);
		expect(stage.outputs(done)).toMatchObject([
			{ operation: 'update', subject: { id, style: 'watercolour' } },
		]);
	});

	test('is refused by name where the provider has none', async () => {
		for (const operation of ['create', 'get', 'getMany', 'update']) {
			const done = await stage.run(
				'subject',
				operation,
				{ name: 'cat', subjectId: '1' },
				undefined,
				{},
				{ provider: 'jiekou' },
			);
			expect(errorText(done)).toMatch(
				/JieKou .*does not|Subjects can be listed at Vidu[\s\S]*JieKou/,
			);
		}
		expect(stage.sandbox.requests()).toEqual([]);
	});
});

test('prompts are recommended for a picture', async () => {
	const done = await stage.run('prompt', 'recommend', {
		imageUrl: stage.sample('cat.png'),
		types: ['img2video', 'template'],
		count: 3,
		options: { resolution: '720p' },
	});
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(stage.bodies('/img2video-prompt-recommendation')).toEqual([
		{
			images: [stage.sample('cat.png')],
			type: ['img2video', 'template'],
			count: 3,
			resolution: '720p',
		},
	]);
	const [item] = stage.outputs(done);
	expect(item).toMatchObject({ operation: 'recommend', estimatedCredits: 20, state: 'succeeded' });
	expect(item?.prompts).toHaveLength(6);
});

describe('an uploaded picture', () => {
	test('goes wherever a picture goes', async () => {
		const uploaded = await stage.run('file', 'upload', {}, [await picture('cat.png')]);
		expect(stage.outputs(uploaded)).toEqual([
			{ provider: 'vidu', operation: 'upload', uri: expect.stringMatching(/^ssupload:/) },
		]);
		const items = stage.outputs(uploaded).map((json) => ({ json }));
		const done = await stage.run(
			'video',
			'imageToVideo',
			{ imageUrl: '={{ $json.uri }}', options: quick },
			items,
		);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.bodies('/img2video')).toMatchObject([{ images: [items[0]?.json.uri] }]);
	});

	test('that no model takes is refused before it is sent', async () => {
		const done = await stage.run('file', 'upload', {}, [blankPicture(100, 300)]);
		expect(errorText(done)).toContain('both sides must have at least 128 px');
		expect(stage.sandbox.requests()).toEqual([]);
	});
});

describe('waiting for tasks', () => {
	async function submitted(prompt: string): Promise<IDataObject> {
		const done = await stage.run('video', 'textToVideo', { prompt, waitMode: 'none' });
		return { taskId: stage.outputs(done)[0]?.taskId };
	}

	test('takes them up by the ids of the incoming items, whatever made them, in their order', async () => {
		const picture = await stage.run('image', 'referenceToImage', { prompt: 'x', waitMode: 'none' });
		const tasks = [
			await submitted('a'),
			{ taskId: stage.outputs(picture)[0]?.taskId },
			await submitted('b'),
		];
		const done = await stage.run(
			'task',
			'wait',
			{ options: quick },
			tasks.map((json) => ({ json: json as IDataObject })),
		);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.outputs(done)).toMatchObject(
			tasks.map(({ taskId }) => ({ taskId, state: 'succeeded', operation: 'wait' })),
		);
		expect(done.items('Vidu').map(({ binary }) => binary?.data?.mimeType)).toEqual([
			...['video/mp4', 'image/png', 'video/mp4'],
		]);
		expect(stage.sandbox.ledger()).toHaveLength(3);
	});

	test('names one that failed or is not there, while others come out', async () => {
		const [bad, good] = [await submitted('a [fail=AuditSubmitIllegal]'), await submitted('b')];
		const done = await stage.run(
			'task',
			'wait',
			{ options: quick },
			[{ json: bad }, { json: { taskId: '42' } }, { json: good }],
			{ onError: 'continueRegularOutput' },
		);
		expect(stage.outputs(done)).toMatchObject([
			{ taskId: bad.taskId, error: { code: 'AuditSubmitIllegal' } },
			{ error: { message: expect.stringContaining('42') } },
			{ taskId: good.taskId, state: 'succeeded' },
		]);
	});

	test('ends at the timeout with the id', async () => {
		const { taskId } = await submitted('a [queue=100000]');
		const done = await stage.run('task', 'wait', { taskId, options: { ...quick, timeout: 1 } });
		expect(errorText(done)).toMatch(new RegExp(`still queued after 1 s[\\s\\S]*${String(taskId)}`));
	});
});

test('tasks are listed by what the filters say', async () => {
	const order = async (prompt: string, resolution: string) =>
		stage.outputs(
			await stage.run('video', 'textToVideo', { prompt, resolution, waitMode: 'none' }),
		)[0]?.taskId;
	const [small] = [await order('a', '540p'), await order('b', '1080p')];
	const done = await stage.run('task', 'getMany', { filters: { resolutions: '540p' } });
	expect(stage.outputs(done).map(({ taskId }) => taskId)).toEqual([small]);
	const none = await stage.run('task', 'getMany', {
		filters: { templates: 'hugging, exotic_princess', modelVersions: 'q1' },
	});
	expect(stage.outputs(none)).toEqual([]);
});
