import type { ILoadOptionsFunctions, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { modelsOf, providersOf } from '../../nodes/Vidu/catalogue';
import { PROVIDERS } from '../../nodes/Vidu/providers';
import { Vidu } from '../../nodes/Vidu/Vidu.node';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node';

const subjects = { referenceType: 'subjects' };

/** The list that the editor gets for a node with these parameters; without a provider there is no credential. */
async function listFor(
	parameters: INodeParameters,
	provider?: string,
): Promise<INodePropertyOptions[]> {
	const context = {
		getCurrentNodeParameters: () => parameters,
		getCredentials: async () => {
			if (provider === undefined) throw new Error('Node does not have any credentials set');
			return { provider };
		},
	} as unknown as ILoadOptionsFunctions;
	const type = 'referenceType' in parameters ? new ViduReferenceToVideo() : new Vidu();
	const options = (await type.methods.loadOptions.models?.call(context)) ?? [];
	if (!('kind' in parameters))
		expect(options.pop()).toMatchObject({ name: 'Other Model (by Its Name)', value: 'other' });
	return options;
}

const valuesOf = (options: INodePropertyOptions[]) => options.map(({ value }) => value);

describe('the list of models', () => {
	it.each(PROVIDERS.map(({ id }) => id))('is that of the credential, for %s', async (provider) => {
		const [model = ''] = modelsOf(provider, 'referenceSubjects');
		expect(valuesOf(await listFor({ ...subjects, model }, provider))).toEqual(
			modelsOf(provider, 'referenceSubjects'),
		);
	});

	it.each([
		[{ referenceType: 'media' }, 'referenceMedia'],
		[{ resource: 'video', operation: 'imageToVideo' }, 'imageToVideo'],
		[{ resource: 'video', operation: 'startEndToVideo' }, 'startEndToVideo'],
		[{ resource: 'video', operation: 'textToVideo' }, 'textToVideo'],
		[{ resource: 'account', operation: 'estimate', task: 'referenceMedia' }, 'referenceMedia'],
		[{ resource: 'account', operation: 'estimate', task: 'textToVideo' }, 'textToVideo'],
	] as const)('is for what the node does, %j', async (parameters, kind) => {
		expect(valuesOf(await listFor(parameters, 'vidu'))).toEqual(modelsOf('vidu', kind));
	});

	it('begins with the recommended one where a model is described, which is what the node has at first', async () => {
		const parameters = { resource: 'model', operation: 'get', kind: 'textToVideo' };
		const [first, ...others] = await listFor(parameters, 'vidu');
		expect(first).toEqual({ name: 'Recommended', value: '' });
		expect(valuesOf(others)).toEqual(modelsOf('vidu', 'textToVideo'));
	});

	it('has, without a credential, the models of all, each with those who offer it', async () => {
		const options = await listFor(subjects);
		const all = PROVIDERS.flatMap(({ id }) => modelsOf(id, 'referenceSubjects'));
		expect(valuesOf(options).sort()).toEqual([...new Set(all)].sort());
		for (const { value, description } of options) {
			expect(description).toMatch(/\. Offered by [^.]+\.$/);
			expect(description?.includes('Vtrix')).toBe(
				providersOf('referenceSubjects', String(value)).includes('vtrix'),
			);
		}
	});

	it('is that of all when the credential is of a provider that this version does not know', async () => {
		expect(await listFor(subjects, 'someone')).toEqual(await listFor(subjects));
	});

	it('does not take the choice of another model for a model that the provider lacks', async () => {
		const options = await listFor({ ...subjects, model: 'other' }, 'vtrix');
		expect(valuesOf(options)).toEqual(modelsOf('vtrix', 'referenceSubjects'));
	});

	it('keeps a chosen model that the provider lacks, and says so', async () => {
		const options = await listFor({ ...subjects, model: 'viduq2' }, 'vtrix');
		expect(options.at(-1)).toEqual({
			name: 'Vidu Q2 (Not Offered by Vtrix)',
			value: 'viduq2',
			description: expect.stringMatching(/^For this, only Vidu, kkiai, .+ offer it$/),
		});
	});
});
