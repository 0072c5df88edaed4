import type { INodeProperties } from 'n8n-workflow';
import type { OperationTable } from '../../actions/Operation';
import { callOperations, callProperties } from './call/call.resource';
import { callRecordOperations, callRecordProperties } from './callRecord/callRecord.resource';
import { contactOperations, contactProperties } from './contact/contact.resource';
import { extensionOperations, extensionProperties } from './extension/extension.resource';
import { phonebookOperations, phonebookProperties } from './phonebook/phonebook.resource';
import { queueOperations, queueProperties } from './queue/queue.resource';
import { recordingOperations, recordingProperties } from './recording/recording.resource';
import { systemOperations, systemProperties } from './system/system.resource';
import { voicemailOperations, voicemailProperties } from './voicemail/voicemail.resource';

export const operations: OperationTable = {
	call: callOperations,
	callRecord: callRecordOperations,
	contact: contactOperations,
	extension: extensionOperations,
	phonebook: phonebookOperations,
	queue: queueOperations,
	recording: recordingOperations,
	system: systemOperations,
	voicemail: voicemailOperations,
};

export const operationProperties: INodeProperties[] = [
	...callProperties,
	...callRecordProperties,
	...contactProperties,
	...extensionProperties,
	...phonebookProperties,
	...queueProperties,
	...recordingProperties,
	...systemProperties,
	...voicemailProperties,
];
