import type { INodeProperties } from 'n8n-workflow';
import type { OperationTable } from '../../actions/Operation';
import { linkOperations, linkProperties } from './link/link.resource';
import { pageOperations, pageProperties } from './page/page.resource';

export const operations: OperationTable = { link: linkOperations, page: pageOperations };

export const operationProperties: INodeProperties[] = [...linkProperties, ...pageProperties];
