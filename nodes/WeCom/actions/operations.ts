import type { INodeProperties } from 'n8n-workflow';
import type { OperationTable } from '../../actions/Operation';
import { messageOperations, messageProperties } from './message/message.resource';

export const operations: OperationTable = {
	message: messageOperations,
};

export const operationProperties: INodeProperties[] = [...messageProperties];
