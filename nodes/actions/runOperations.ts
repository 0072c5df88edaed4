import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { Operation, OperationTable } from './Operation';
import { toNodeError } from './toNodeError';

/**
 * The `execute` of every action node: item loop, pairing, On Error setting and error stamping, once for all operations.
 */
export async function runOperations(
	context: IExecuteFunctions,
	operations: OperationTable,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	const itemCount = context.getInputData().length;
	let hasRunForAll = false;
	for (let itemIndex = 0; itemIndex < itemCount && !hasRunForAll; itemIndex++) {
		const pairedItem = () =>
			hasRunForAll
				? Array.from({ length: itemCount }, (_, item) => ({ item }))
				: { item: itemIndex };
		try {
			const chosen = chosenOperation(context, operations, itemIndex);
			// Resource and operation take no expression, so the first item speaks for all.
			hasRunForAll = chosen.runsOnce === true;
			const results = await chosen.execute(context, itemIndex);
			for (const result of results) {
				output.push({ ...result, pairedItem: pairedItem() });
			}
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex);
			if (!context.continueOnFail()) throw nodeError;
			// n8n sends an item to the error output only when its JSON has no key besides error, message and details.
			output.push({
				json: { error: nodeError.message, message: nodeError.description ?? nodeError.message },
				pairedItem: pairedItem(),
			});
		}
	}
	return [output];
}

function chosenOperation(
	context: IExecuteFunctions,
	operations: OperationTable,
	itemIndex: number,
): Operation {
	const resource = context.getNodeParameter('resource', itemIndex) as string;
	const operation = context.getNodeParameter('operation', itemIndex) as string;
	const chosen = operations[resource]?.[operation];
	if (!chosen) throw unknownOperation(context, resource, operation);
	return chosen;
}

/** Only an expression can name one; the editor offers those that exist. */
function unknownOperation(
	context: IExecuteFunctions,
	resource: string,
	operation: string,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`This node has no operation "${operation}" for the resource "${resource}"`,
		{ description: 'Choose resource and operation from the lists, or correct the expression.' },
	);
}
