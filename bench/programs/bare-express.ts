import { createServer } from 'node:http';
import express from 'express';
import { constantScreen } from '../screens';
import { tellPort } from './tell-port';

/** A stock Express application that parses the form and sends a constant. */
const app = express();
app.use(express.urlencoded({ extended: false }));
app.post('/ussd', (request, response) => {
  // What a form parser makes of a body is untyped.
  const { text } = request.body as { text: string };
  response.type('text/plain').send(constantScreen(text));
});
tellPort(createServer(app));
