/** Orders: each create request is sent once; whatever its answer, it is never sent again. */
import { inspectFile } from '../../nodes/Vidu/media/binaryFile.ts';
import type { BinaryMedia, MediaInput } from '../../nodes/Vidu/media/input.ts';
import { uploadImage } from '../../nodes/Vidu/media/outgoing.ts';
import type { Task } from '../../nodes/Vidu/providers/types.ts';
import { createTask } from '../../nodes/Vidu/tasks/submit/createTask.ts';
import {
	requestFor,
	wireOf,
	type Asked,
	type RunFields,
} from '../../nodes/Vidu/tasks/submit/request.ts';
import { isFailure } from '../../nodes/Vidu/transport/failure.ts';
import { asset } from '../../sandbox/media.mts';
import { cheapestClip, type Clip } from './clip.mts';
import { at, note, read, STEPS, type Side, type Step } from './side.mts';

/**
 * Orders what cannot be made, as the cheapest clip otherwise, and only if the budget has room for that
 * one. False if it was not clearly refused: then nothing else may be ordered.
 */
export async function isRefused(
	side: Side,
	step: Step,
	wrong: { readonly model?: string; readonly duration?: number },
): Promise<boolean> {
	const { session, budget, say } = side;
	const { id } = session.provider;
	const clip = cheapestClip(id, session.connection.region, { fromText: true });
	const counted = budget.admit(clip?.atMost ?? null);
	if (clip === undefined || typeof counted === 'string') return true;
	const { model = clip.model, ...values } = wrong;
	const { payload: _, ...others } = clip.values;
	const asked = { kind: clip.kind, model, values: { ...others, ...values }, sendUnknown: true };
	const created = await place(side, step, asked);
	if (created.kind === 'refused') return true;
	const { task } = created;
	budget.bought.push({
		taskId: task?.taskId ?? null,
		what: STEPS[step],
		counted,
		listed: null,
		charged: task?.credits ?? null,
		cost: null,
		state: 'not refused',
	});
	const which = task === null ? 'a task may exist' : `task ${task.taskId}`;
	say(`${STEPS[step]} was not clearly refused (${which}). Nothing else is ordered`);
	return false;
}

/** The image of the clip: uploaded, where the provider takes uploads. */
export async function picture(side: Side): Promise<MediaInput> {
	const { session } = side;
	const bytes = await asset('cat.png');
	const binary = { data: bytes.toString('base64'), mimeType: 'image/png' };
	const file = await inspectFile(session.context, binary, 'image');
	const image: BinaryMedia = { kind: 'binary', type: 'image', label: 'the image', binary, file };
	if (session.provider.upload === undefined) return image;
	at(side, 'upload');
	const uri = await uploadImage(session, image);
	if (typeof uri === 'string') {
		return { kind: 'reference', type: 'image', label: image.label, value: uri };
	}
	side.say(`${uri.message}. The image goes inside the order`);
	return image;
}

/** Orders a clip, if the budget has room for it. Null if there is no task to go on with. */
export async function order(
	side: Side,
	step: 'order' | 'orderToCancel',
	clip: Clip,
	image: MediaInput,
): Promise<Task | null> {
	const { budget, receiver, say } = side;
	const { kind, model } = clip;
	const { duration, resolution, offPeak } = clip.values;
	const what = [model, kind, `${duration} s`, resolution, ...(offPeak ? ['off-peak'] : [])].join(
		', ',
	);
	const counted = budget.admit(clip.atMost);
	if (typeof counted === 'string') {
		say(`${STEPS[step]} (${what}) was not sent: ${counted}`);
		return null;
	}
	const values = { ...clip.values, ...(clip.hasImage && { images: [image] }) };
	const fields = receiver && clip.takesCallback ? { callbackUrl: receiver.url } : {};
	const created = await place(side, step, { kind, model, values }, fields);
	if (created.kind === 'refused') {
		say(`${STEPS[step]} was refused: ${created.reason}`);
		return null;
	}
	const { task } = created;
	budget.bought.push({
		taskId: task?.taskId ?? null,
		what,
		counted,
		listed: clip.atMost,
		charged: null,
		cost: null,
		state: 'may exist',
	});
	if (task === null) {
		say(`${STEPS[step]} got no clear answer (${created.reason}): the clip may exist`);
		return null;
	}
	note(side, task);
	say(`Ordered task ${task.taskId}: ${what}, counted as ${counted} credits`);
	if (step === 'order') read(side, 'orderRead', task);
	return task;
}

/** Without a task: the order may have been taken. */
type Placed =
	| { readonly kind: 'refused'; readonly reason: string }
	| { readonly kind: 'sent'; readonly task: Task | null; readonly reason: string };

/** Sends an order as the nodes do, once. @throws Error if the catalogue does not allow it */
async function place(
	side: Side,
	step: Step,
	asked: Asked,
	fields: RunFields = {},
): Promise<Placed> {
	const { session } = side;
	const request = requestFor(session, asked);
	if (isFailure(request)) throw new Error(`${request.message}. ${request.description}`);
	const wire = await wireOf(session, request, fields);
	if (isFailure(wire)) throw new Error(`${wire.message}. ${wire.description}`);
	// Ends here if the user has interrupted the run.
	await side.wait(0);
	at(side, step);
	const created = await createTask(session, request, wire);
	if (created.kind === 'task') return { kind: 'sent', task: created.task, reason: '' };
	if (created.kind === 'unknown') return { kind: 'sent', task: null, reason: created.reason };
	return { kind: 'refused', reason: created.failure.message };
}
