"""What other rooms say of files, forms, budgets and takes, with facts in it; see `known`."""

from storyreel.doors.languages.words import N_

OF_FILES = (
    N_(
        "it has {pixels} million pixels, and at most {most} million are read; scale it down, to 4096 pixels on its"
        " longer side, say"
    ),
    N_(
        "it has {pixels} million pixels, and in {kind} at most {most} million are read; scale it down, to 4096 pixels on"
        " its longer side, say"
    ),
    N_("progressive JPEG"),
    N_("it is larger than {most} MB"),
    N_("its pictures have {size} pixels, and at most as many as {most} are read"),
    N_("it was not there within {seconds} s"),
    N_("its server answered HTTP {status}"),
    N_("its server packs its answers, though it was asked not to"),
    N_("it is behind more than {number} redirects"),
    N_("it has letters that no address has"),
    N_("it is no address of the web"),
    N_("it has a user or a password in it"),
    N_("its address lies within this machine's own network, from where nothing is fetched"),
    N_("an address that cannot be read"),
    N_("{address} cannot be used: {why}."),
    N_("The file is empty."),
    N_("This is a clip; send a picture."),
    N_("its folder is not there"),
    N_("{file} is a file, not a folder"),
)
"""What is wrong with a file or an address."""

OF_FORMS = (
    N_("A text has the character NUL in it, which cannot be kept: leave it out."),
    N_("A text is not UTF-8, and cannot be read: save or type it as UTF-8."),
    N_("'{text}' is not a number; write one like 6 or 2.5."),
    N_("{number} is not a whole number."),
    N_("At most {most} pictures are taken; {asked} came."),
    N_("The film {film} is {state}; it can be shared once it is ready."),
    N_("There are {number} webhooks already; delete one first."),
    N_("Give the film's size or its resolution, not both."),
    N_("'{text}' is not a resolution: give {least} to {most}, like {example}."),
    N_("{resolution} is too much for {shape}: a side is at most {most} pixels."),
    N_("Name every shot once, in the order that is wanted: {names}."),
    N_("The text has {characters} characters; at most {most} are read."),
    N_("The instructions have {characters} characters; at most {most} are read."),
    N_("A motion video needs at least two frames."),
    N_("A film has a shot at least; this one is the last."),
    N_("A budget is one film's: name the film that may cost it."),
    N_("{frame} is drawn by the film's keyframe model, in its shot's words; edit those."),
    N_("The film {film} costs {price} now; {told} was told. Accept it with {allow}; nothing was sent."),
)
"""What is wrong with what a form was filled in with."""

OF_BUDGETS = (
    N_("The next call would bring {whose} to {needed}; {setting} allows {limit}. {remedy}"),
    N_(
        "The next call has no known price, so the budget of {limit} ({setting}) refuses it. Choose a model that has a"
        " price, or allow it with {allow}."
    ),
    N_("the film"),
    N_("one call"),
    N_("shot {shot} with all its takes"),
    N_("the user {user}"),
    N_("this day ({day}, UTC)"),
    N_("the key {key}"),
    N_("the budget of the key {key}"),
    N_("Raise it, or choose a cheaper model."),
    N_("Raise it, or go on tomorrow by {resume}."),
    N_("Raise it, or ask again tomorrow."),
    N_("Use another key; whoever runs the server makes one with a larger budget: {command}."),
    N_("The retake is refused. {why} The film stands as it was."),
    N_("The edit is refused. {why} The film stands as it was."),
    N_("The approval is refused. {why} The film stands as it was."),
    N_("The change is refused. {why} The film stands as it was."),
)
"""What a budget refuses, and whose it is."""

OF_MODELS = (
    N_("{model} cannot do this: {what}. These can: {names}, and {number} more ({command}). {remedy}"),
    N_("{model} cannot do this: {what}. These can: {names}, and {number} more ({command})."),
    N_("{model} cannot do this: {what}. These can: {names}. {remedy}"),
    N_("{model} cannot do this: {what}. These can: {names}."),
    N_("{model} cannot do this: {what}. No model in the catalogue can. {remedy}"),
    N_("{model} cannot do this: {what}. No model in the catalogue can."),
    N_("{name} begins on a picture: use it with {keyframes}, or by {picture}."),
)
"""What a model cannot do, and which can."""

OF_TAKES = (
    N_("The clip that arrived cannot be used: {problem}. It is fetched again before it is made again."),
    N_("it is {made} s long; {asked} s were asked"),
    N_("it is {made}; {asked} was asked"),
    N_("it stops decoding after {number} of {all} pictures"),
    N_("{number} of its {all} pictures decode"),
    N_("{provider} says it is ready and names no result"),
    N_("The clip at {provider} took longer than {seconds} s. {resume} goes on where it was."),
    N_("The result's link at {provider} has expired before it was copied. {resume} asks for a fresh one."),
    N_("{provider} refuses the key in {setting}. Set {named}, or draw the film for free with {draw}."),
    N_("No key for {provider}. Set {setting}, or draw the film for free with {draw}."),
    N_("No key is set for a model that draws keyframes ({names}). Set {named}, or join the shots otherwise, with {chain}."),
    N_("A person wrote it off, since nobody knows whether it arrived. {resume} makes another take."),
    N_("No worker takes up the film {film}. It is kept, and is made once one runs: start {worker}, then {resume}."),
    N_("The language model did not copy every word of the text ({part} of it); the rest was put back."),
    N_("Look whether the shots tell the whole story."),
    N_("The language model let people say what the text does not ({number} lines); it was left out."),
    N_("Put speech into quotation marks where it was meant."),
    N_("The shot keeps the description as it was: the continuity pass failed ({why})."),
    N_("The shots keep the description as it was: the continuity pass failed ({why})."),
    N_("Nothing is lost; improve it later, or edit the description."),
)
"""What became of a take, and what a language model did to a text."""

OF_WAYS = (
    N_("the connection to {host} broke off"),
    N_("no answer within {seconds} s"),
    N_("{host} cannot be reached in time; {settings}"),
    N_("{host} cannot be reached ({error}); {settings}"),
    N_("no secure connection to {host} comes about; {settings}"),
    N_("{address} sets its address, {proxy} a proxy"),
    N_("no whole result: {problem}"),
)
"""What kept a provider's answer away."""
