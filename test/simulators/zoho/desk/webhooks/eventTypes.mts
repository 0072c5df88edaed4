type FilterKey = 'departmentIds' | 'fields' | 'includePrevState' | 'direction';

/**
 * The events of zoho-desk.md, 8.3, with the filters they take. `*_Update` of tickets alone takes `fields`.
 * Only those of tickets, comments, threads, attachments, contacts, accounts and calls happen here.
 */
export const EVENT_TYPES: Record<string, FilterKey[]> = {
	Ticket_Add: ['departmentIds'],
	Ticket_Update: ['departmentIds', 'includePrevState', 'fields'],
	Ticket_Delete: [],
	Ticket_Comment_Add: ['departmentIds'],
	Ticket_Comment_Update: ['departmentIds'],
	Ticket_Thread_Add: ['departmentIds', 'direction'],
	Ticket_Attachment_Add: ['departmentIds'],
	Ticket_Attachment_Update: ['departmentIds'],
	Ticket_Attachment_Delete: [],
	Ticket_Approval_Add: [],
	Ticket_Approval_Update: ['includePrevState'],
	...changes('Contact', []),
	...changes('Account', []),
	...changes('Agent', []),
	Agent_Presence_Update: [],
	Agent_Channel_Preference_Update: [],
	Department_Add: [],
	Department_Update: [],
	...changes('Task', ['departmentIds']),
	...changes('Call', ['departmentIds']),
	...changes('Event', ['departmentIds']),
	...changes('TimeEntry', []),
	...changes('Article', []),
	IM_Message_Add: ['departmentIds'],
	IM_Session_Status: ['departmentIds'],
	IM_Message_Status: ['departmentIds'],
};

function changes(resource: string, filters: FilterKey[]): Record<string, FilterKey[]> {
	return {
		[`${resource}_Add`]: filters,
		[`${resource}_Update`]: [...filters, 'includePrevState'],
		[`${resource}_Delete`]: [],
	};
}
