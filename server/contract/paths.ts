/** Where anyone reads what the public API is: the document for programs, the page for people (api-v2 §9). */
export const openApiPath = '/api/v2/openapi.json';
export const apiDocsPath = '/api/docs';
