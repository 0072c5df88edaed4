import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** One operation of one resource: what the editor shows for it and what it does for one item. */
export interface Operation {
	/** The parameters of this operation, already limited to its resource and operation. */
	description: INodeProperties[];
	/**
	 * Whether `execute` is called once, for item 0, and itself reads all items of the input; what it gives is paired with
	 * all of them. For operations that need to see everything at once.
	 */
	runsOnce?: true;
	/** Gives the output for one input item; the router adds the pairing, catches and stamps errors. */
	execute(context: IExecuteFunctions, itemIndex: number): Promise<OperationResult[]>;
}

export type OperationResult = Pick<INodeExecutionData, 'json' | 'binary'>;

/** Resource value → operation value → operation. */
export type OperationTable = Record<string, Record<string, Operation>>;
