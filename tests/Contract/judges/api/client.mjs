// Calls an operation by its name through the published client, unmodified, and keeps what went over the wire.
import * as sdk from '@goauthentik/api';

const camel = (name) => name.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const lowerFirst = (name) => name[0].toLowerCase() + name.slice(1);

export class Client {
  exchanges = [];

  constructor(origin, token) {
    const fetchApi = async (url, init) => {
      const response = await fetch(url, init);
      const text = await response.clone().text();
      this.exchanges.push({ operation: this.operation, method: init.method, url, status: response.status, type: response.headers.get('content-type') ?? '', text });
      return response;
    };
    const configuration = new sdk.Configuration({ basePath: `${origin}/api/v3`, accessToken: token, fetchApi });
    this.apis = Object.entries(sdk).filter(([name, value]) => name.endsWith('Api') && typeof value === 'function').map(([, Api]) => new Api(configuration));
  }

  // Answers the parsed value, as a program would see it.
  async call(operation, { path = {}, query = {}, body, schema } = {}) {
    this.operation = operation;
    const method = camel(operation);
    const api = this.apis.find((candidate) => typeof candidate[method] === 'function');
    if (!api) throw new Error(`the client has no ${method}`);
    const values = Object.fromEntries(Object.entries({ ...path, ...query }).map(([name, value]) => [camel(name), value]));
    if (schema) values[lowerFirst(schema)] = sdk[`${schema}FromJSON`](body ?? {});
    try {
      return await api[method](values);
    } catch (error) {
      if (!error.response) throw error;
      throw new Error(`${error.response.status} ${this.exchanges.at(-1).text.slice(0, 300)}`);
    }
  }
}
