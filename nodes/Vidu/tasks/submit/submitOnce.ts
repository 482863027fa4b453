/**
 * Submits each item at most once. Re-attaches to tasks that an earlier attempt, or another execution
 * with the same deduplication key, already submitted.
 */
import { isFinal, NO_OUTPUT, unreadTask, type Task, isUncharged } from '../../providers/types';
import { isStopped } from '../../transport/caller';
import { failure, type Failure, isFailure } from '../../transport/failure';
import type { Submitted } from '../context/job';
import { type Session, cancelTasks } from '../context/session';
import { createTask, unknownOutcome } from './createTask';
import { recordTaskId } from './customData';
import { markerOf } from './marker';
import type { Attempt, OtherExecutions } from './otherExecutions';
import type { Plan } from './plan';
import { recoverTask } from './recover';
import { wireOf, type RunFields, type TaskRequest } from './request';
import { keyAfter, type Submission, type Submissions, type SubmissionStore } from './submissions';
import { oneAtATime } from './thisProcess';

export class Submitter {
	private ended = false;

	/** @param requestOf the request of an item, or why there is none */
	constructor(
		private readonly session: Session,
		private readonly submissions: Submissions,
		private readonly others: OtherExecutions,
		private readonly requestOf: (item: Plan) => Promise<TaskRequest | Failure>,
	) {}

	/** Submits an item, unless that was already done, or is being done elsewhere in this process. Does not throw for the provider's responses. */
	async submitOnce(item: Plan, fields: RunFields): Promise<Submitted> {
		const key = this.submissions.scopeOf(item) + item.key;
		return await oneAtATime(key, async () => await this.submitOrReattach(item, fields));
	}

	/** Must be called when the run ends: nobody waits for later responses. */
	end(): void {
		this.ended = true;
	}

	private async submitOrReattach(item: Plan, fields: RunFields): Promise<Submitted> {
		const store = this.submissions.of(item);
		const request = await this.requestOf(item);
		if (isFailure(request)) return { kind: 'failure', failure: request };
		for (let key = item.key; ; ) {
			const attempt = { item, request, key, marker: this.markerFor(item, request, key) };
			const earlier = store.get(key) ?? (await this.others.find(attempt));
			if (earlier === undefined) return await this.send(attempt, store, fields);
			if (isFailure(earlier)) return { kind: 'failure', failure: earlier };
			// Including what others submitted, for retries of this execution.
			this.submissions.keep(key, earlier);
			if (earlier.taskId === null) {
				const reason = 'an earlier attempt ended without a response';
				return await this.recover(attempt, store, earlier, reason);
			}
			const next = keyAfter(key, earlier.taskId);
			// A later submission shows that this one was not charged, even if it cannot be read now.
			if (store.get(next) === undefined) {
				const task = earlier.ended ?? (await this.currentState(earlier.taskId));
				if (!isUncharged(this.session.provider, task)) return { kind: 'task', task };
			}
			key = next;
		}
	}

	/** A mark of ours, if the request can carry one and a task can be found by it. */
	private markerFor(item: Plan, { markable }: TaskRequest, key: string): string | undefined {
		const { context, provider } = this.session;
		if (!markable || provider.list === undefined) return undefined;
		return markerOf(context.getInstanceId(), this.submissions.scopeOf(item), key);
	}

	/** The current state of a task; one that cannot be read now counts as running. */
	private async currentState(taskId: string): Promise<Task> {
		return (await this.session.fetchStatuses([taskId])).tasks.get(taskId) ?? unreadTask(taskId);
	}

	private async send(
		attempt: Attempt,
		store: SubmissionStore,
		fields: RunFields,
	): Promise<Submitted> {
		try {
			return await this.sendOnce(attempt, store, fields);
		} finally {
			if (store.get(attempt.key) === undefined) await this.others.release(attempt);
		}
	}

	private async sendOnce(
		attempt: Attempt,
		store: SubmissionStore,
		fields: RunFields,
	): Promise<Submitted> {
		const { request, key, marker } = attempt;
		const marked = marker === undefined ? fields : { ...fields, payload: marker };
		const wire = await wireOf(this.session, request, marked);
		if (isFailure(wire)) return { kind: 'failure', failure: wire };
		if (isStopped(this.session.context)) {
			const notSent = failure('The execution was stopped before this item was sent', '');
			return { kind: 'failure', failure: notSent };
		}
		const sending: Submission = { state: 'sending', taskId: null, at: Date.now(), marker };
		store.set(key, sending);
		const created = await createTask(this.session, request, wire);
		if (created.kind === 'unknown') {
			return await this.recover(attempt, store, sending, created.reason);
		}
		if (created.kind === 'task') await this.recordSubmitted(attempt, store, sending, created.task);
		else store.delete(key);
		return created;
	}

	/** Re-attaches to the task of a request whose response was lost, or explains how to look for it. */
	private async recover(
		attempt: Attempt,
		store: SubmissionStore,
		sending: Submission,
		reason: string,
	): Promise<Submitted> {
		const { item, request, key } = attempt;
		const { context, provider } = this.session;
		const { at, marker = null } = sending;
		store.set(key, { ...sending, state: 'unknown' });
		context.logger.warn(
			`Vidu: unclear whether ${provider.name} accepted the request [item ${item.itemIndex}]: ${reason}`,
		);
		const found = await recoverTask(this.session, { request, marker, sentAt: at, until: at });
		if ('taskId' in found) {
			context.logger.info(`Vidu: found task ${found.taskId} after its create response was lost`);
			await this.recordSubmitted(attempt, store, sending, found);
			return { kind: 'task', task: found };
		}
		const when = { at, keyed: item.settings.dedupeKey !== null };
		return { kind: 'failure', failure: unknownOutcome(provider, request, reason, when, found) };
	}

	/** Records a task before doing anything else that could fail. */
	private async recordSubmitted(
		{ item, key }: Attempt,
		store: SubmissionStore,
		sending: Submission,
		task: Task,
	): Promise<void> {
		const { context, provider } = this.session;
		const { taskId } = task;
		// The files of a success without a result may follow.
		const ended = isFinal(task) && task.error?.code !== NO_OUTPUT ? task : undefined;
		const { marker } = sending;
		// Spelled out: V8 of Node 20 gives each copy by spread a hidden class of its own, which outweighs it.
		store.set(key, { state: 'submitted', taskId, at: Date.now(), marker, ended });
		// An answer without a task.
		if (taskId === '') return;
		context.logger.info(
			`Vidu: submitted task ${taskId} to ${provider.name} [item ${item.itemIndex}]`,
		);
		recordTaskId(context, taskId);
		if (!this.ended) return;
		const wanted = item.settings.cancelOnStop ? [taskId] : [];
		const cancelled = await cancelTasks(this.session, wanted);
		context.logger.warn(
			`Vidu: stopped; the response with task ${taskId} arrived after that; it ${cancelled.length > 0 ? 'was cancelled' : `is running at ${provider.name}`}`,
		);
	}
}
