/** Fields that a model, or a provider, does not have, or accepts without effect. Pure. */
import { rulesOf } from '../../catalogue';
import type { FieldName, Rule } from '../../catalogue/rules';
import { modelName, type Case } from './case';

/** Whether a value requests nothing, so that the field need not exist. */
function asksNothing(name: FieldName, value: unknown): boolean {
	return value === false || (name === 'movementAmplitude' && value === 'auto');
}

/** What the model cannot do, if that says more than that it does not have the field. */
export const LACKING: Partial<Record<FieldName, string>> = {
	audio: 'does not make audio',
	offPeak: 'cannot run off-peak',
	sounds: 'does not accept sounds',
	videos: 'does not accept videos',
};

/** Whether to send a field that the model, or the provider, does not have. */
export function checkAbsent(
	{ row, who, catalogue, limits }: Case,
	name: FieldName,
	value: unknown,
	label: string,
): boolean {
	if (catalogue === 'silent') return true;
	if (asksNothing(name, value)) return false;
	const usual = rulesOf(row.kind)[name];
	// The node shows Vidu's fields, whose default a user cannot remove.
	if (usual?.kind === 'choice' && !usual.option && value === usual.default) return false;
	let state = /^"[^"]*s"/.test(label) ? 'are set' : 'is set';
	if (value === true) state = 'is on';
	else if (usual?.kind === 'choice') state = `is ${String(value)}`;
	limits.push(`${label} ${state}, but ${who} ${LACKING[name] ?? 'does not have this field'}`);
	return catalogue !== 'binding';
}

/** Whether to omit a field because it has no effect; adds a hint. */
export function isIneffective(
	{ row, values, catalogue, hints }: Case,
	name: FieldName,
	rule: Rule,
	value: unknown,
	label: string,
): boolean {
	if (catalogue === 'silent') return false;
	if (rule.noEffect) {
		if (!asksNothing(name, value))
			hints.push(`${label} was ignored: it has no effect with ${modelName(row)}`);
		return true;
	}
	if (rule.needsAudio && values.audio !== true) {
		hints.push(`${label} was ignored: it only has an effect with "Audio" on`);
		return true;
	}
	return false;
}
