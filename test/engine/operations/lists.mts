/** What the editor shows in a list of the Vidu node. */
import type { IDataObject, INodeListSearchResult } from 'n8n-workflow';
import { Vidu } from '../../../nodes/Vidu/Vidu.node.ts';
import { account } from '../harness/clip.mts';
import { core } from '../harness/n8n.mts';
import { makeAdditionalData, makeWorkflow } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';
import type { Stage } from './vidu.mts';

type Method = keyof Vidu['methods']['listSearch'];

interface Asked {
	/** What is typed into the search. */
	readonly filter?: string;
	/** From the previous page. */
	readonly paginationToken?: string;
	readonly credential?: IDataObject;
}

/** The results of a search in the sandbox of a stage. */
export async function listed(
	{ sandbox }: Stage,
	method: Method,
	{ filter, paginationToken, credential = {} }: Asked = {},
): Promise<INodeListSearchResult> {
	const picked = node({
		name: 'Vidu',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: {},
	});
	const options = account(sandbox.url, credential);
	const workflow = makeWorkflow(chain([picked]), options);
	const additionalData = makeAdditionalData('1', 'internal', workflow, options);
	const context = new core.LoadOptionsContext(
		workflow,
		picked,
		additionalData,
		'parameters.taskId',
	);
	return await new Vidu().methods.listSearch[method].call(context, filter, paginationToken);
}
