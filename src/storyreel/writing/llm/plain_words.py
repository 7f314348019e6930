"""Words of a language model as they come, for what is no storyboard."""

from storyreel.accounts import Account
from storyreel.writing.llm.ask import writer_for
from storyreel.writing.llm.costs import Spent
from storyreel.writing.llm.faults import translated


async def write_words(prompt: str, instructions: str, most_tokens: int, *, account: Account, model: str) -> tuple[str, Spent]:
    """The words that answer a prompt, and what they took.

    Raises AuthenticationFailed, InsufficientCredit, RateLimited, ContentRejected, ProviderUnavailable, InvalidRequest.
    """
    async with writer_for(model, account) as writer:
        from pydantic_ai import Agent
        from pydantic_ai.exceptions import AgentRunError
        from pydantic_ai.settings import ModelSettings

        agent: Agent[object, str] = Agent(writer.model, output_type=str, instructions=instructions or None, retries=0)
        try:
            told = await agent.run(prompt, usage=writer.usage, model_settings=ModelSettings(max_tokens=most_tokens))
        except AgentRunError as error:
            raise translated(error, account, writer.name) from error
        return told.output.strip(), writer.spent
