import {
	NodeConnectionTypes,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { toNodeError } from '../actions/toNodeError';
import { decide } from '../rules/decide';
import { routes, routesOf, type Decision } from '../rules/Decision';
import { systemClock } from '../transport/Clock';
import { parameters } from './parameters';
import { readItem } from './readItem';
import { readRules } from './readRules';

export class CallRules implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Call Rules',
		name: 'callRules',
		icon: { light: 'file:callRules.svg', dark: 'file:callRules.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ($parameter["dryRun"] ? "Dry run: log " : "Log ") + $parameter["logCalls"].length + " types" + ($parameter["createRecordFor"].length ? ", create " + $parameter["createAs"] : "") }}',
		description: 'Decide which calls are logged, get a record, a ticket or a task, or are left out',
		defaults: { name: 'Call Rules' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
			NodeConnectionTypes.Main,
		],
		outputNames: [
			'Create Record',
			'Log Call',
			'Create Ticket',
			'Follow-Up Task',
			'Sync Contact',
			'Left Out',
		],
		hints: [
			{
				message: 'Dry Run is on: every call leaves by Left Out, with the decision only.',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'always',
				displayCondition: '={{ $parameter["dryRun"] }}',
			},
		],
		properties: parameters,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outputs: INodeExecutionData[][] = routes.map(() => []);
		const leftOut = outputs[routes.indexOf('leftOut')];
		const items = this.getInputData();
		for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
			const item = items[itemIndex];
			try {
				const decision = decideForItem(this, item, itemIndex);
				for (const route of routesOf(decision)) {
					outputs[routes.indexOf(route)].push({
						json: { ...item.json, decision: { ...decision } as unknown as IDataObject },
						binary: item.binary,
						pairedItem: { item: itemIndex },
					});
				}
			} catch (error) {
				const nodeError = toNodeError(this.getNode(), error, itemIndex);
				if (!this.continueOnFail()) throw nodeError;
				// n8n sends an item to the error output only when its JSON has no key besides error, message and details.
				leftOut.push({
					json: { error: nodeError.message, message: nodeError.description ?? nodeError.message },
					pairedItem: { item: itemIndex },
				});
			}
		}
		return outputs;
	}
}

function decideForItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	itemIndex: number,
): Decision {
	const { call, caller, recordRequested, isTrial } = readItem(context, item, itemIndex);
	const rules = readRules(context, itemIndex, call);
	return decide(
		call,
		caller,
		{ ...rules, dryRun: rules.dryRun || isTrial },
		{
			now: systemClock.now(),
			timeZone: context.getTimezone(),
			recordRequested,
		},
	);
}
