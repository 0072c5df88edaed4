import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { toNodeError } from '../../../actions/toNodeError';
import { systemClock } from '../../../transport/Clock';
import { passingProblems } from '../../../triggers/passingProblems';
import { isRestart, mayPass } from '../../../triggers/triggerPlace';
import { crmOwnWrites } from '../../transport/crmOwnWrites';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { listUsers } from '../metadata/users';
import { createChangeFeed } from './changeFeed';
import { changeItem } from './changeItem';
import { createChangeListener } from './changeListener';
import type { Reception } from './channelKeeper';
import { memoryOf, moveIn, placeOf } from './places';
import { readCrmTriggerSettings } from './triggerSettings';

/** Starts executions for what is heard of, until n8n closes the trigger. */
export async function startListening(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const settings = readCrmTriggerSettings(context);
	const memory = memoryOf(context);
	const place = placeOf(context);
	const workflowId = context.getWorkflow().id;
	const nodeId = context.getNode().id;
	if (['activate', 'create'].includes(context.getActivationMode())) {
		// What happened while the workflow was not published is none of its business.
		delete memory.since;
		delete memory.changedUntil;
		delete memory.deletedUntil;
	}
	if (settings.ignore === 'user') memory.userId = await connectedUser(context, memory.userId);
	const connect = async () => await zohoCrmClient(context);

	const feed = createChangeFeed(settings, memory, {
		userId: memory.userId ?? null,
		clock: systemClock,
		emit: (told, key) => {
			// n8n stores the static data whenever a trigger starts an execution, and at no other time.
			Object.assign(memory, feed.remembered());
			context.emit(
				[[{ json: changeItem(told, listener.fieldsOf(told.module)) }]],
				undefined,
				undefined,
				[workflowId, nodeId, key].join(':'),
			);
		},
	});
	Object.assign(memory, feed.remembered());

	const listener = createChangeListener({
		feed,
		keeper: place.keeper,
		clock: systemClock,
		ownWrites: crmOwnWrites,
		connect,
		onPassingProblem: passingProblems(context, 'Zoho CRM Trigger'),
	});
	const onReception = (reception: Reception) => {
		listener.hurry();
		if (reception.by !== 'search') return;
		const { message, advice } = reception.reason;
		context.logger.warn(
			`Zoho CRM Trigger searches every ${settings.searchEveryMs / 60_000} minutes in place of notifications. ${message}. ${advice}`,
			{ workflowId },
		);
	};
	place.keeper.onChange(onReception);
	const { keeper } = place;
	// What an earlier publication has left behind would be renewed for ever.
	if (settings.receiveBy === 'search') keeper.forget();
	if (keeper.reception().by === 'search') onReception(keeper.reception());
	moveIn(place, { listener, feed });
	const stop = listener.start();
	return {
		closeFunction: async () => {
			stop();
			if (place.running?.listener === listener) place.running = null;
			await Promise.resolve();
		},
	};
}

/** @param known of an earlier time, for a start while Zoho cannot be asked */
async function connectedUser(
	context: ITriggerFunctions,
	known: string | undefined,
): Promise<string | undefined> {
	try {
		const [user] = await listUsers(await zohoCrmClient(context), 'CurrentUser', 1);
		return user?.id ?? known;
	} catch (error) {
		if (known && isRestart(context) && mayPass(error)) return known;
		throw toNodeError(context.getNode(), error);
	}
}
