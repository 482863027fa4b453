/**
 * Puts all mutants of a file into it at once, each behind a switch: calls of `mutant` (runtime.mts)
 * take the place of what can be mutated, and do as the source says unless their number is switched on.
 */
import ts from 'typescript';

export interface Mutant {
	readonly id: number;
	/** From 1. */
	readonly line: number;
	readonly before: string;
	readonly after: string;
}

const { SyntaxKind, factory } = ts;

/** Operators and what each becomes. */
const OPERATORS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
	[SyntaxKind.LessThanToken, '<='],
	[SyntaxKind.LessThanEqualsToken, '<'],
	[SyntaxKind.GreaterThanToken, '>='],
	[SyntaxKind.GreaterThanEqualsToken, '>'],
	[SyntaxKind.EqualsEqualsEqualsToken, '!=='],
	[SyntaxKind.ExclamationEqualsEqualsToken, '==='],
	[SyntaxKind.MinusToken, '+'],
	[SyntaxKind.PlusToken, '-'],
	[SyntaxKind.AsteriskToken, '/'],
	[SyntaxKind.SlashToken, '*'],
]);
/** Those whose right side may not be evaluated. */
const LAZY: ReadonlyMap<ts.SyntaxKind, string> = new Map([
	[SyntaxKind.AmpersandAmpersandToken, '||'],
	[SyntaxKind.BarBarToken, '&&'],
	[SyntaxKind.QuestionQuestionToken, '&&'],
]);

/** The source with its switches, and what they switch on. */
export function mutate(source: string, path: string): { code: string; mutants: Mutant[] } {
	const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true);
	const mutants: Mutant[] = [];

	const add = (node: ts.Node, before: string, after: string) => {
		const id = mutants.length;
		const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
		mutants.push({ id, line: line + 1, before: short(before), after: short(after) });
		return factory.createNumericLiteral(id);
	};
	const call = (name: string, ...given: ts.Expression[]) =>
		factory.createCallExpression(
			factory.createPropertyAccessExpression(factory.createIdentifier('mutant'), name),
			undefined,
			given,
		);
	const text = (node: ts.Node) => node.getText(file);
	/** A condition that may be always true, or never. */
	const condition = (node: ts.Expression, visited: ts.Expression) =>
		call('condition', add(node, text(node), 'true'), add(node, text(node), 'false'), visited);
	/** A result that may be missing. */
	const result = (node: ts.Expression, visited: ts.Expression) =>
		call('result', add(node, text(node), 'undefined'), thunk(visited));

	const transformer: ts.TransformerFactory<ts.SourceFile> = (context) => {
		const visitExpression = (node: ts.Expression) => ts.visitNode(node, visit) as ts.Expression;
		const binary = (node: ts.BinaryExpression, operator: string, lazy: boolean) => {
			const before = text(node.operatorToken);
			const right = visitExpression(node.right);
			return call(
				lazy ? 'lazy' : 'operator',
				add(node, text(node), `${text(node.left)} ${operator} ${text(node.right)}`),
				factory.createStringLiteral(before),
				visitExpression(node.left),
				lazy ? thunk(right) : right,
			);
		};
		const visit = (node: ts.Node): ts.Node => {
			if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return node;
			if (ts.isBinaryExpression(node)) {
				const eager = OPERATORS.get(node.operatorToken.kind);
				if (eager !== undefined && !isText(node)) return binary(node, eager, false);
				const lazy = LAZY.get(node.operatorToken.kind);
				if (lazy !== undefined && !waits(node.right)) return binary(node, lazy, true);
			}
			if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
				const operand = visitExpression(node.operand);
				return call('not', add(node, text(node), text(node.operand)), operand);
			}
			if (ts.isIfStatement(node)) {
				const { expression, thenStatement, elseStatement } = node;
				return factory.updateIfStatement(
					node,
					condition(expression, visitExpression(expression)),
					ts.visitNode(thenStatement, visit) as ts.Statement,
					elseStatement && (ts.visitNode(elseStatement, visit) as ts.Statement),
				);
			}
			if (ts.isConditionalExpression(node)) {
				return factory.updateConditionalExpression(
					node,
					condition(node.condition, visitExpression(node.condition)),
					node.questionToken,
					visitExpression(node.whenTrue),
					node.colonToken,
					visitExpression(node.whenFalse),
				);
			}
			if (ts.isReturnStatement(node) && node.expression && !waits(node.expression)) {
				const { expression } = node;
				return factory.updateReturnStatement(node, result(expression, visitExpression(expression)));
			}
			if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && !waits(node.body)) {
				const { modifiers, typeParameters, parameters, type, equalsGreaterThanToken } = node;
				return factory.updateArrowFunction(
					node,
					modifiers,
					typeParameters,
					ts.visitNodes(parameters, visit) as ts.NodeArray<ts.ParameterDeclaration>,
					type,
					equalsGreaterThanToken,
					result(node.body, visitExpression(node.body)),
				);
			}
			return ts.visitEachChild(node, visit, context);
		};
		return (root) => ts.visitEachChild(root, visit, context);
	};
	const { transformed } = ts.transform(file, [transformer]);
	const code = ts.createPrinter().printFile(transformed[0] ?? file);
	return { code, mutants };
}

const thunk = (body: ts.Expression) =>
	factory.createArrowFunction(
		undefined,
		undefined,
		[],
		undefined,
		undefined,
		factory.createParenthesizedExpression(body),
	);

/** Whether an expression must stay where it is: what it waits for cannot move into a function. */
function waits(node: ts.Node): boolean {
	if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
	return !ts.isFunctionLike(node) && ts.forEachChild(node, (child) => waits(child)) === true;
}

/** Whether `+` joins texts, as far as it can be seen. */
function isText({ operatorToken, left, right }: ts.BinaryExpression): boolean {
	const literal = (side: ts.Expression): boolean =>
		ts.isStringLiteral(side) ||
		ts.isTemplateExpression(side) ||
		(ts.isBinaryExpression(side) && isText(side));
	return operatorToken.kind === SyntaxKind.PlusToken && (literal(left) || literal(right));
}

function short(code: string): string {
	const line = code.replace(/\s+/g, ' ');
	return line.length > 90 ? `${line.slice(0, 87)}…` : line;
}
