/** The four keys with which Zoho CRM reports on a whole request or on one record of it. */
export interface ZohoReport {
	code: string;
	status: string;
	message?: string;
	details?: ZohoDetails;
}

/** The details that this package makes use of; Zoho sends others as well. */
export interface ZohoDetails {
	id?: string;
	api_name?: string;
	json_path?: string;
	expected_data_type?: string;
	maximum_length?: number;
	supported_values?: unknown[];
	expected_fields?: Array<{ api_name?: string }>;
	dependee?: { api_name?: string };
	duplicate_record?: { id?: string; module?: { api_name?: string } };
	permissions?: string[];
	param_name?: string;
	param_names?: string[];
	limit?: number | string;
	by?: string;
	[other: string]: unknown;
}

/** Whether a value is one of Zoho's reports. */
export function isReport(value: unknown): value is ZohoReport {
	const { code, status } = (value ?? {}) as Partial<ZohoReport>;
	return typeof code === 'string' && typeof status === 'string';
}
