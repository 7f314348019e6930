"""What other rooms remark on storyboards, machines, stores, the catalogue and command lines; see `known`."""

from storyreel.doors.languages.words import N_

OF_BOARDS = (
    N_("The camera crosses the line: {names} have changed sides."),
    N_("Let them face as before, or put a neutral shot between."),
    N_("{name} now travels {way}, against the shot before."),
    N_("Keep the direction, or show the turn in a shot."),
    N_("{name} ({member}) is not in the bible."),
    N_("Add them to `bible`, or take `member` out."),
    N_("{name} speaks but is never seen."),
    N_("Show them in a shot, or add them to `bible`."),
    N_("{number} people act in one shot."),
    N_("Give some of them a shot of their own."),
    N_("{name} has no reference picture, and this model takes them."),
    N_("Add one, so that the face stays the same."),
    N_("It has the size and angle of the shot before ({size}) on the same subject."),
    N_("Change the size by two steps, or the angle."),
    N_("The place is new ({place}) and is not seen wide."),
    N_("Open the scene with a wide shot."),
    N_("It is the third strong camera move in a row."),
    N_("Hold one of the three still, or move it gently."),
    N_("It pans against the pan of the shot before ({move})."),
    N_("Pan the same way, or hold this shot still."),
    N_("What it shows was found anew from its words: {names}."),
    N_("Its words name nobody and nothing to draw."),
    N_("Write its `subjects` to have others."),
    N_("All {number} shots are {size}."),
    N_("Mix wide shots, mediums and close-ups."),
    N_("It tells {number} actions one after another."),
    N_("Keep the strongest here and give the others shots of their own."),
    N_("Its words need {need} s and it lasts {seconds} s."),
    N_("Make it longer, shorten the words, or split it."),
    N_("The model does not make clips of {seconds} s."),
    N_("It makes {lengths}."),
    N_("It asks for text in the picture ({word}), which models misspell."),
    N_("Leave it out and lay a title over the film."),
    N_("It refers to an earlier shot ({word}), which the model has not seen."),
    N_("Say what is seen here in full."),
    N_("Providers often refuse this word in the description: {word}."),
    N_("Say it more gently, or show what comes before or after."),
    N_("Providers often refuse this word in the dialogue: {word}."),
    N_("Say it more gently."),
    N_("The language model failed, and {instead} ({why})."),
    N_("Write it again later, choose another writer, or set STORYREEL_WRITER to rules."),
    N_("The language model chose nothing for {number} shots; the rules chose."),
    N_("Look at their sizes and cameras."),
    N_("The vision model failed ({why}); colours, light and composition were measured instead."),
    N_("Say in the prompt what the pictures show, or read them again later."),
)
"""What the lint and the writers remark, with what helps."""

OF_MACHINES = (
    N_("reads and writes video"),
    N_("draws and reads pictures"),
    N_("draws the animatic's moving shapes"),
    N_("keeps the order of work through a crash"),
    N_("keeps films, takes and the ledger"),
    N_("keeps clips and pictures"),
    N_("{part} is not installed: {use}. Install Storyreel again."),
    N_("models through {provider}"),
    N_("Seedance and Seedream through {provider}"),
    N_("Gemini Omni and Gemini's images"),
    N_("Veo on Google Cloud"),
    N_("the storyboard by a language model, gpt-image"),
    N_("a server that speaks /v1/videos"),
    N_("Hugging Face's inference providers"),
    N_("Haiper and others through vsegpt"),
    N_("Kling's own API"),
    N_("the Telegram bot"),
    N_("1 call may or may not have arrived, so a person decides: {command}"),
    N_("{number} calls may or may not have arrived, so a person decides: {command}"),
    N_("1 film is not finished, and nobody works on the line: {command}"),
    N_("{number} films are not finished, and nobody works on the line: {command}"),
    N_("1 film to be approved or cancelled: {commands}"),
    N_("{number} films to be approved or cancelled: {commands}"),
    N_("{provider}: the key is refused, or the credit used up. Mend that there, then: {command}"),
    N_("The disk is nearly full: storyreel gc removes what nothing refers to; or move STORYREEL_HOME"),
    N_("Figures are told at {address}."),
    N_("Webhooks are heard at {address}/PROVIDER."),
)
"""What `doctor` and a worker tell."""

OF_STORES = (
    N_("another program holds this database"),
    N_("Close it, or wait until it has finished, and try again."),
    N_("this is not a database, or it is damaged"),
    N_("Put a copy of it back, or move it away: Storyreel then begins a new one."),
    N_("the database cannot be opened and written"),
    N_("Make it and its folder writable, or set STORYREEL_HOME to another folder."),
    N_("the disk is full"),
    N_("Free some space (`storyreel gc` helps), then `storyreel resume`."),
    N_("the disk is full, so that it cannot even be read"),
    N_("Free some space on it, and try again."),
    N_("the disk does not read or write as it should"),
    N_("Check it and its free space, then `storyreel resume`."),
    N_("a folder is where the database should be"),
    N_("Move it away, or set STORYREEL_HOME to another folder."),
    N_("there is no such folder"),
    N_("Make it, or set STORYREEL_HOME to another folder."),
    N_("there is no database here yet"),
    N_("`storyreel make` begins one."),
    N_("a file is where this folder should be"),
    N_("this folder cannot be made ({why})"),
    N_("this folder cannot be written"),
    N_("this database is damaged ({why})"),
    N_("the database is from an older Storyreel"),
    N_("the database is from a newer Storyreel (its revision is {revision})"),
    N_("this is another program's database"),
    N_("the database server cannot be reached"),
    N_("{where}: {problem}. {remedy}"),
)
"""What is wrong with a database or a folder, and what to do."""

OF_CATALOGUES = (
    N_("{model} is not there any more."),
    N_("It has no parameter {name} (our {word})."),
    N_("It has no parameter {name}, which the catalogue always sends."),
    N_("It does not take {name} {value}, which the catalogue always sends; it takes {allowed}."),
    N_("It does not take {name} {values} any more; it takes {allowed}."),
    N_("A second costs {theirs} there, {ours} in the catalogue."),
    N_("{setting} is not set"),
    N_("it has no listing to compare with"),
    N_("it refuses the key in {setting}"),
)
"""Where the catalogue and a provider disagree, and why one could not be asked."""

OF_ENDS = (
    N_("{provider} refused the {refused}: {reason} Reword it, or choose another model."),
    N_("The account at {provider} has no credit left. Add credit there, then {resume}. {why}"),
    N_("The account at {provider} has no credit left. Add credit there, then {resume}."),
    N_("Shot {number} was refused ({part}): {why} The other shots are kept. Say it otherwise: {command}"),
    N_("The model failed at {provider}: {reason} Make the shot again, or choose another model."),
    N_(
        "{provider} is not answering as it should: {reason}."
        " Try again later (a film that stopped: {resume}), or choose another model."
    ),
    N_(
        "Whether {provider} took a paid request is not known ({reason})."
        " It may have arrived: look for it in your account there, then decide by {attention}."
    ),
)
"""What ended a take or a film, as it was kept in English."""

OF_COMMAND_LINES = (
    N_("No such command '{name}'"),
    N_("No such command '{name}'. Did you mean '{near}'?"),
    N_("No such command '{name}'. Did you mean one of: {near}?"),
    N_("No such option: {name}"),
    N_("No such option: {name} (Possible options: {near})"),
    N_("Missing argument '{name}'"),
    N_("Missing option '{name}'"),
    N_("Invalid value for '{name}': {problem}"),
    N_("'{value}' is not one of {choices}"),
    N_("Input should be {choices}"),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    N_("Input should be a valid number, unable to parse string as a number"),
    N_("Input should be less than or equal to {most}"),
    N_("Input should be greater than or equal to {least}"),
    N_("Option '{name}' requires an argument"),
    N_("Option '{name}' does not take a value"),
    N_("Got unexpected extra argument(s) ({words})"),
)
"""What Typer and pydantic find wrong, in their own words, without the full stop."""
