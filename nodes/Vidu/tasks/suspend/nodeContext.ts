/** How a webhook reads the context of its node: n8n gives it there through expressions only. Pure. */

/** An expression for a node's context. The name is spelled in escapes, since n8n reads much else into plain ones. */
export function contextExpression(nodeName: string): string {
	const spelled = nodeName.replace(
		/[^]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return `{{ $("${spelled}").context }}`;
}
