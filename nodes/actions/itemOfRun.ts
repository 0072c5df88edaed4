import { randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * What stays the same for an item when n8n tries a node again, which runs all items anew and evaluates all expressions
 * anew: execution, node, run and place of the item.
 */
export function itemOfRun(context: IExecuteFunctions, itemIndex: number): string[] {
	return [
		context.getExecutionId() || randomUUID(),
		context.getNode().id,
		String(context.evaluateExpression('{{ $runIndex }}', itemIndex)),
		String(itemIndex),
	];
}
