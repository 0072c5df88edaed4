import type { INodeProperties } from 'n8n-workflow';
import type { OperationTable } from '../../actions/Operation';
import { accountOperations, accountProperties } from './account/account.resource';
import { appMessageOperations, appMessageProperties } from './appMessage/appMessage.resource';
import { customerOperations, customerProperties } from './customer/customer.resource';
import { linkOperations, linkProperties } from './link/link.resource';
import { mediaOperations, mediaProperties } from './media/media.resource';
import { messageOperations, messageProperties } from './message/message.resource';
import { servicerOperations, servicerProperties } from './servicer/servicer.resource';
import { sessionOperations, sessionProperties } from './session/session.resource';
import { statisticsOperations, statisticsProperties } from './statistics/statistics.resource';

export const operations: OperationTable = {
	account: accountOperations,
	appMessage: appMessageOperations,
	customer: customerOperations,
	link: linkOperations,
	media: mediaOperations,
	message: messageOperations,
	servicer: servicerOperations,
	session: sessionOperations,
	statistics: statisticsOperations,
};

export const operationProperties: INodeProperties[] = [
	...accountProperties,
	...appMessageProperties,
	...customerProperties,
	...linkProperties,
	...mediaProperties,
	...messageProperties,
	...servicerProperties,
	...sessionProperties,
	...statisticsProperties,
];
