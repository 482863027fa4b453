/** Pages that the panel links to. */
import { repository } from '../../../package.json';

/**
 * A page of this package in its repository. As `documentationUrl` of a node, because n8n appends a query
 * to the address in a codex file, behind the heading.
 */
export function docsPage(page: string): string {
	return `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/docs/${page}`;
}

/** Lists that Vidu publishes as pages only: no API returns them. Source: platform.vidu.cn/docs, speech and template. */

const VOICES = 'https://shengshu.feishu.cn/sheets/EgFvs6DShhiEBStmjzccr5gonOg';
const TEMPLATES = 'https://platform.vidu.com/docs/templates';

/** "Vidu's list of …", as part of a description. */
export const VOICE_LIST = `<a href="${VOICES}" target="_blank">Vidu's list of voices</a>`;
export const TEMPLATE_LIST = `<a href="${TEMPLATES}" target="_blank">Vidu's list of templates</a>`;
