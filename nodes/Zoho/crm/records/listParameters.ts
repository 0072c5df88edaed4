import type { INodeProperties } from 'n8n-workflow';

/** Which fields a list or a record comes with. */
export const listFieldsOption: INodeProperties = {
	displayName: 'Field Names or IDs',
	name: 'returnFields',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getFields' },
	default: [],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** Conditions on fields and on the time of the last change. */
export const listFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Combine Conditions With',
			name: 'combine',
			type: 'options',
			default: 'and',
			description: 'Whether a record must meet all conditions or any of them',
			options: [
				{ name: 'And', value: 'and' },
				{ name: 'Or', value: 'or' },
			],
		},
		{
			displayName: 'Conditions',
			name: 'conditions',
			type: 'fixedCollection',
			placeholder: 'Add condition',
			typeOptions: { multipleValues: true },
			default: {},
			description:
				'With conditions, the search of Zoho CRM answers: it takes some seconds to know new records and gives 2,000 at most',
			options: [
				{
					displayName: 'Condition',
					name: 'condition',
					values: [
						{
							displayName: 'Field Name or ID',
							name: 'field',
							type: 'options',
							typeOptions: { loadOptionsMethod: 'getFields' },
							default: '',
							description:
								'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
						},
						{
							displayName: 'Operator',
							name: 'operator',
							type: 'options',
							default: 'equals',
							description:
								'Texts know Equals, In, Not Equal and Starts With; numbers and dates know all but Starts With',
							options: [
								{ name: 'Between', value: 'between' },
								{ name: 'Equals', value: 'equals' },
								{ name: 'Greater or Equal', value: 'greater_equal' },
								{ name: 'Greater Than', value: 'greater_than' },
								{ name: 'In', value: 'in' },
								{ name: 'Less or Equal', value: 'less_equal' },
								{ name: 'Less Than', value: 'less_than' },
								{ name: 'Not Equal', value: 'not_equal' },
								{ name: 'Starts With', value: 'starts_with' },
							],
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: 'Several values, for Between and In, separated by commas',
						},
					],
				},
			],
		},
		{
			displayName: 'Modified After',
			name: 'modifiedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only records that were created or changed after this time',
		},
	],
};

/** Zoho sorts lists by these three and no others. */
export const listSort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	placeholder: 'Add sort rule',
	default: {},
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'By',
					name: 'by',
					type: 'options',
					default: 'Modified_Time',
					description: 'The field that decides the order',
					options: [
						{ name: 'Created Time', value: 'Created_Time' },
						{ name: 'ID', value: 'id' },
						{ name: 'Modified Time', value: 'Modified_Time' },
					],
				},
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					default: 'desc',
					description: 'Which end comes first',
					options: [
						{ name: 'Ascending', value: 'asc' },
						{ name: 'Descending', value: 'desc' },
					],
				},
			],
		},
	],
};
