"""Write down what a server answers, as the examples of its OpenAPI description: src/storyreel/doors/server/answers.json.

It runs a server on a home of its own, makes a small film, and asks whatever has an answer of a shape of its own. To be run again
when a shape changes; a test says so.
"""

import asyncio
import base64
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image

from storyreel.domain.values import JSON

FILE = Path(__file__).parents[1] / "src" / "storyreel" / "doors" / "server" / "answers.json"
FILM = {"prompt": "A fox runs through the snow. The fox stops.", "shots": 2, "seconds": 0.5, "size": "160x90"}
VIDEO = {"prompt": "A paper boat crosses a puddle", "model": "animatic", "seconds": "1", "size": "160x90"}
SECRET = "whsec_"
WEBHOOK = {"url": "https://films.example.invalid/told", "kinds": ["film.ready"]}


class Recorder:
    """Asks, and keeps the first answer of each shape."""

    def __init__(self, client: aiohttp.ClientSession, api: dict[str, Any]) -> None:
        self._client, self._api = client, api
        self.found: dict[str, Any] = {}

    async def ask(self, method: str, route: str, *, query: str = "", body: Any = None, data: Any = None, **names: str) -> Any:
        """The answer, kept under the name of its shape."""
        path = route.format(**names) + query
        async with self._client.request(method, path, json=body, data=data) as response:
            if response.content_type != "application/json" or response.status >= 300:
                raise SystemExit(f"{method} {path}: {response.status} {await response.text()}")
            answer = await response.json()
        told = self._api["paths"][route][method.lower()]["responses"][str(response.status)]["content"]["application/json"]
        if shape := told["schema"].get("$ref", "").rpartition("/")[2]:
            self.found.setdefault(shape, _short(answer))
        return answer

    async def once(self, fits: Callable[[Any], object], shape: str, route: str, **names: str) -> Any:
        """The answer once it is as it should be."""
        for _ in range(300):
            if fits(answer := await self.ask("GET", route, **names)):
                return answer
            del self.found[shape]
            await asyncio.sleep(0.2)
        raise SystemExit(f"{route} is not as it should be.")


async def record(url: str) -> dict[str, Any]:
    """Every shape's example."""
    async with aiohttp.ClientSession(url) as client:
        async with client.get("/openapi.json") as response:
            recorder = Recorder(client, await response.json())
        ask = recorder.ask
        hook: str = (await ask("POST", "/v1/webhooks", body=WEBHOOK))["id"]
        film: str = (await ask("POST", "/v1/films", body=FILM))["id"]
        await recorder.once(lambda answer: answer["state"] == "ready", "WholeFilmView", "/v1/films/{film}", film=film)
        await ask("POST", "/v1/estimate", body=FILM)
        for part in ("storyboard", "bill", "cuts", "shots/{shot}", "shots/{shot}/takes", "shots/{shot}/takes/{number}"):
            await ask("GET", f"/v1/films/{{film}}/{part}", film=film, shot="s01", number="1")
        for route in ("/v1/films", "/v1/events", "/v1/models", "/v1/usage"):
            await ask("GET", route)
        await ask("POST", "/v1/films/{film}/shots/{shot}/retake", query="?dry_run=true", body={"seed": 7}, film=film, shot="s01")
        await ask("GET", "/v1/models/{model}", model="animatic")
        await _videos(ask)
        await _sent(ask, film)
        await ask("GET", "/v1/webhooks")
        for part in ("", "/secret"):
            await ask("GET", f"/v1/webhooks/{{webhook}}{part}", webhook=hook)
        route = "/v1/webhooks/{webhook}/deliveries"
        told = await recorder.once(lambda answer: answer["data"], "DeliveryPage", route, webhook=hook)
        await ask("POST", f"{route}/{{delivery}}/redeliver", webhook=hook, delivery=told["data"][0]["id"])
        return recorder.found


async def _videos(ask: Any) -> None:
    video = (await ask("POST", "/v1/videos", body=VIDEO))["id"]
    await ask("GET", "/v1/videos")
    await ask("DELETE", "/v1/videos/{video}", video=video)


async def _sent(ask: Any, film: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (320, 180), "teal").save(file, format="JPEG")
    await ask("POST", "/v1/assets", data=file.getvalue())
    await ask("GET", "/v1/assets")
    attached = await ask("POST", "/api/video-gen/upload", data=file.getvalue())
    await ask("GET", "/veo31/status/{task_id}", task_id=film)
    for route in ("analyze-and-prompt", "generate"):
        form = aiohttp.FormData()
        form.add_field("reference_image1", file.getvalue(), filename="ring.jpg")
        form.add_field("model", "animatic")
        await ask("POST", f"/veo31/{route}", data=form)
    asked = {"prompt": VIDEO["prompt"], "model": "animatic", "seconds": 1, "image_attachment": attached}
    told = await ask("POST", "/api/video-gen/generate", body=asked)
    ids = f"?conversation_id={told['conversation_id']}&message_id={told['message_id']}"
    await ask("GET", "/api/video-gen/status", query=ids)
    await ask("GET", "/api/video-gen/list")


def _short(answer: JSON) -> JSON:
    """The same with one of everything, and without secrets."""
    if isinstance(answer, dict):
        return {name: _short(value) for name, value in answer.items()}
    if isinstance(answer, str) and answer.startswith(SECRET):
        return SECRET + base64.b64encode(b"an example, and no secret").decode()
    if isinstance(answer, list):
        return [_short(value) for value in (answer[:1] if answer and isinstance(answer[0], dict) else answer)]
    return answer


async def main() -> None:
    """Run a server, and write."""
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "STORYREEL_HOME": home, "STORYREEL_WORKERS": "1"}
        serve = [
            str(Path(sys.executable).with_name("storyreel")),
            "serve",
            "--port",
            "0",
            "--json",
            "--public-url",
            "https://films.example.org",
        ]
        server = await asyncio.create_subprocess_exec(*serve, env=environ, stdout=asyncio.subprocess.PIPE)
        try:
            assert server.stdout is not None
            url = json.loads(await server.stdout.readline())["url"]
            found = await record(url)
        finally:
            server.terminate()
            await server.wait()
    FILE.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
