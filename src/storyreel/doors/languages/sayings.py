"""What other rooms say of orders, films and plans, with facts in it; see `known`."""

from storyreel.doors.languages.words import N_

OF_WISHES = (
    N_("No file has the character NUL in its name: leave it out."),
    N_("A film has 1 to {most} shots; {asked} were asked for."),
    N_("A shot is 0.5 to 60 seconds long; {asked} were asked for."),
    N_("A film is 0.5 to {most} seconds long; {asked} were asked for."),
    N_("Give the length of each shot or of the whole film, not both."),
    N_("The storyboard says its shots and seconds; leave {wish} out, or edit it."),
    N_("Shots {first} and {second} are both called '{id}': give each an id of its own."),
    N_("'{id}' cannot be the id of a shot: it has letters and digits, and between them blanks, dots, _ and - alone."),
    N_("'{text}' is not a way to join shots; choose one of {choices}."),
    N_("A budget is 0 to 100000 US dollars; {asked} was given."),
    N_("A seed is a whole number from 0 to {most}; {asked} was given."),
    N_("A shot is made again 0 to {most} times; {asked} were asked for."),
    N_("A shot is asked for again 0 to {most} times; {asked} were asked for."),
    N_("Give the film's size or its aspect, not both."),
    N_("'{text}' is not a size: give two even numbers from {least} to {most}, like {example}."),
    N_("{text} is too large: a side is at most {most} pixels."),
    N_("'{text}' is not an aspect: give one from 1:4 to 4:1, like 16:9 or 9:16."),
    N_("{name}: a film is written as MP4; end the name with .mp4."),
    N_("{path} is a folder; name the film's file, like {example}."),
    N_("{path} is not a name in UTF-8; choose another one."),
    N_(
        "There are no words in the text. Say in words what the film shows, signs and numbers are not enough:"
        " A cat sleeps on a windowsill."
    ),
    N_("The text has {characters} characters; at most {most} can be filmed at once. Split it into parts."),
    N_("That would take {shots} shots; a film has at most {most}. Ask for longer shots or a shorter film."),
    N_("{shots} shots of {seconds} s make {asked} s; a film lasts at most {most} s."),
    N_("{asked} s are too short for {shots} shots of at least {least} s. Ask for fewer shots."),
    N_("{shots} shots of {seconds} s are {sum} s, not {asked} s. Leave one of them out."),
    N_("'{name}' is not a writer that is known here. Writers: {writers}. A language model needs {setting}."),
    N_("{setting} cannot be '{text}': {problem}."),
    N_("'{name}' stands for many models; name one, like {example}."),
    N_("{count} reference pictures were given; give 1 to {most}."),
    N_("A join needs at least one clip."),
    N_("{path} is one of the clips; name another file for the film."),
    N_("{path} is {length} s long; it shows nothing at {seconds} s."),
    N_("'{name}' is no use case; choose one of {choices}."),
)
"""What is wrong with what was asked."""

OF_FILMS = (
    N_("Several films begin with '{name}': {films}. Say more of the one that you mean."),
    N_("The film {film} has no shot '{shot}'; it has {shots}."),
    N_("{shot} has no ready take '{take}'; it has {takes}."),
    N_("{shot} has no ready take '{take}'; it has none."),
    N_("{shot} has no take yet that could be locked."),
    N_("{shot} is locked, and keeps its take. Unlock it first: {command}"),
    N_("The film {film} was changed by somebody else meanwhile; look at it and ask again."),
    N_("The film {film} waits for approval: {command}"),
    N_("The film {film} is still being ended; resume it once it has."),
    N_("The film {film} is {state}, and does not wait for approval."),
    N_("The film {film} has no cut {number}; {those}."),
    N_("it has one"),
    N_("it has none yet"),
    N_("its cuts are 1 to {number}"),
    N_("No call in doubt is called '{name}'. No call waits for a person."),
    N_("No call in doubt is called '{name}'. There are: {calls}."),
    N_("{number} is the number of two calls. Name it by its take: {takes}."),
    N_("{why}. Look for another one there, or write the call off: storyreel attention abandon {number}."),
    N_("{remote} at {provider} is the generation of take {take} already. Look for another one there."),
    N_("There is no key '{name}' in use. {keys} lists them."),
    N_("There is a key '{name}' already; revoke it, or choose another name."),
    N_("There is no tool '{name}'. Nearest: {nearest}. {tools} has them all."),
)
"""What is wrong with what was asked of films, calls and keys that are there."""

OF_PLANS = (
    N_("{model} draws nothing: keyframes come with {joins}."),
    N_("{model} makes {size}; {asked} was asked."),
    N_("{models} makes clips of certain lengths only: {shots}."),
    N_("{shot} {asked} s is {made} s"),
    N_("{model} takes no length, and none is documented: its clips may be longer or shorter than the shots."),
    N_("Where a shot's own way fails, it is made by {ways}; in brackets, what every shot would cost so."),
    N_("then {way}"),
    N_("{route} (price not known)"),
    N_("{provider} does not tell which lengths {model} makes: they are asked as wished."),
    N_("{provider} does not tell which sizes {model} makes: they are asked as wished."),
    N_("{provider} does not tell which lengths and sizes {model} makes: they are asked as wished."),
    N_("{model} at {provider} takes no length: its clips are as it makes them."),
    N_("{model} at {provider} takes no size: its clips are as it makes them."),
    N_("{model} at {provider} takes no length and no size: its clips are as it makes them."),
    N_("{aspect} is the same as {shape}, which is what models call it."),
    N_("{aspect} is made as {shape}, which is what models call it."),
    N_("{shot}: {model} reads {most} characters of a prompt; {cut}."),
    N_("{shot}: {model} draws the storyboard and reads no prompt; change the shot's description instead."),
    N_("{shot}: its description is another and its `subjects` are not; {model} draws those."),
    N_("left out: {parts}"),
    N_("left out: {parts}; its words are cut short"),
    N_("its words are cut short"),
    N_("what happens"),
    N_("how people look"),
    N_("the reference pictures"),
    N_("what is said"),
    N_("what to avoid"),
    N_("that nobody speaks"),
    N_("that it goes on"),
    N_("make a clip of {seconds} s"),
    N_("make a clip of {seconds} s at {resolution}"),
    N_("start from {mode} at {resolution} (at {fewer} it can)"),
    N_("take {one} and {other} together"),
    N_("take {number} references (at most {most})"),
    N_("make {shape}"),
    N_("read {number} characters (at most {most})"),
    N_("{what}, with the keys that are set"),
    N_("No price is known for {way}. Choose another fallback, or allow it with {allow}."),
    N_(
        "No price is known for this film, so the budget of {limit} refuses it. Choose a model that has a price ({models}),"
        " or allow it with {allow}."
    ),
    N_(
        "The film would cost {price}; its budget is {limit}. Nothing was sent. Raise {setting}, make fewer or shorter shots,"
        " or choose a cheaper model."
    ),
    N_(
        "The film would cost {price}, {spent} of it spent; its budget is {limit}. Nothing was sent. Raise {setting},"
        " make fewer or shorter shots, or choose a cheaper model."
    ),
)
"""What is otherwise than asked in a plan, what a model cannot do, and why a price is refused."""
