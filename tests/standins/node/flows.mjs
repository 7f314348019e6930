// OpenAI's official client for Node in its ordinary flows; what came is printed as one line of JSON.
import OpenAI, { toFile } from "openai";

const flow = process.argv[2];
const picture = Buffer.from(process.env.PICTURE, "base64");
const client = new OpenAI({ maxRetries: 0 }); // key and address from the environment

const reference = () => toFile(picture, "boat.png", { type: "image/png" });

async function videos() {
  const asked = { prompt: "a paper boat", model: "wan2.2", seconds: "4", size: "1280x720" };
  let video = await client.videos.create({ ...asked, input_reference: await reference() });
  const first = video.status;
  while (["queued", "in_progress"].includes(video.status)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    video = await client.videos.retrieve(video.id);
  }
  const content = await client.videos.downloadContent(video.id);
  const bytes = Buffer.from(await content.arrayBuffer());
  const listed = [];
  for await (const one of client.videos.list()) listed.push(one.id);
  const deleted = await client.videos.delete(video.id);
  return { first, last: video.status, kind: bytes.toString("latin1", 4, 8), listed: listed.length, deleted: deleted.deleted };
}

async function served() {
  const asked = { prompt: "A fox runs through the snow", model: "animatic", seconds: "0.5", size: "160x90" };
  let video = await client.videos.create({ ...asked, input_reference: await reference() });
  while (["queued", "in_progress"].includes(video.status)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    video = await client.videos.retrieve(video.id);
  }
  const bytes = async (variant) => Buffer.from(await (await client.videos.downloadContent(video.id, { variant })).arrayBuffer());
  const clip = await bytes("video");
  const still = await bytes("thumbnail");
  const remix = await client.videos.remix(video.id, { prompt: "A fox sleeps" });
  const listed = [];
  for await (const one of client.videos.list({ limit: 1 })) listed.push(one.id);
  const deleted = [await client.videos.delete(remix.id), await client.videos.delete(video.id)];
  return {
    last: video.status,
    kind: clip.toString("latin1", 4, 8),
    still: still.toString("latin1", 8, 12),
    listed: listed.length,
    remixed: remix.remixed_from_video_id === video.id,
    deleted: deleted.every((one) => one.deleted),
  };
}

async function images() {
  const asked = { model: "gpt-image-2", prompt: "a paper boat", size: "1280x720", quality: "low" };
  const drawn = await client.images.generate(asked);
  const edited = await client.images.edit({ ...asked, image: [await reference(), await reference()] });
  const kinds = [drawn, edited].map((answer) => Buffer.from(answer.data[0].b64_json, "base64").toString("latin1", 1, 4));
  return { kinds, tokens: drawn.usage.output_tokens };
}

async function words() {
  const schema = {
    type: "object",
    additionalProperties: false,
    required: ["shots"],
    properties: { shots: { type: "array", items: { type: "string" } } },
  };
  const story = "A fox runs. It jumps.";
  const model = "gpt-6-luna";
  const chat = await client.chat.completions.create({
    model,
    messages: [{ role: "user", content: story }],
    response_format: { type: "json_schema", json_schema: { name: "shots", strict: true, schema } },
  });
  const response = await client.responses.create({
    model,
    input: story,
    text: { format: { type: "json_schema", name: "shots", strict: true, schema } },
  });
  let streamed = "";
  for await (const chunk of await client.chat.completions.create({ model, messages: [{ role: "user", content: story }], stream: true }))
    streamed += chunk.choices[0]?.delta?.content ?? "";
  return { chat: JSON.parse(chat.choices[0].message.content), response: JSON.parse(response.output_text), streamed };
}

async function refused() {
  const seen = [];
  for (const call of [
    () => client.videos.create({ prompt: "a boat" }),
    () => client.images.generate({ model: "gpt-image-2", prompt: "a boat", size: "1920x1080" }),
    () => client.chat.completions.create({ model: "gpt-6-luna", messages: [] }),
  ])
    await call().catch((error) => seen.push([error.constructor.name, error.status, error.param ?? null]));
  return seen;
}

console.log(JSON.stringify(await { videos, served, images, words, refused }[flow]()));
