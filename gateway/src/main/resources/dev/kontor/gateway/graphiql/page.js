'use strict';

const ANSWER = 'application/graphql-response+json';
const EVENTS = 'text/event-stream';

/** The answers of a subscription, from server-sent events. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) {
      return;
    }
    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const lines = part.split('\n');
      if (lines.includes('event:complete') || lines.includes('event: complete')) {
        return;
      }
      const data = lines.filter(line => line.startsWith('data:')).map(line => line.slice(5)).join('\n');
      if (data.trim()) {
        yield JSON.parse(data);
      }
    }
  }
}

function isSubscription(query, name) {
  const operation = name ? new RegExp('subscription\\s+' + name + '\\b') : /^\s*subscription\b/m;
  return operation.test(query);
}

/** Without the header that the page offers, until a token is typed into it: an empty token would be refused. */
function withToken(headers) {
  const {Authorization: token, ...others} = headers ?? {};
  return /^Bearer +\S/.test(token) ? {...others, Authorization: token} : others;
}

async function ask(request, options) {
  const isLive = isSubscription(request.query, request.operationName);
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {...withToken(options?.headers), 'Content-Type': 'application/json', Accept: isLive ? EVENTS : ANSWER},
    body: JSON.stringify(request),
  });
  const type = response.headers.get('Content-Type') ?? '';
  return type.startsWith(EVENTS) ? events(response) : response.json();
}

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: ask,
    shouldPersistHeaders: false,
    defaultHeaders: '{"Authorization": "Bearer "}',
    defaultQuery: '{\n  products(first: 5) {\n    edges { node { id title price { amount currency } available } }\n  }\n}\n',
  }),
);
