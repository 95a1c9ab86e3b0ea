"""Words of every day that are names as well, or nearly: by themselves they give nobody away."""

from __future__ import annotations

import functools
import itertools
from typing import Final

_ALSO_NAMES: Final = """
able ace alder amber angel april archer art ash august autumn baker ball banks barber barker barn bass bay beach
bean bear bell berry best bill bird bishop black blue bond booth bowl boss bow brand branch brook brooks brown buck
buckle burns bush butcher butler cane cannon carpenter carter case cash castle chance chase church clay clark clerk
cliff close cloud coal cole cook cooper corn cotton counts court crane cross crow curry dale dash dawn day dean
deer dick dike dock dove drake drew duke early earl east england english faith farmer field fields finch fisher
flint flower flowers ford forest fox france frank free french frost fuller gale garden gardener gates gay gene
glass glen gold golden good grace grant gray green grey grove guy hail hale hall ham hand hardy harp hart hawk hay
hazel heart heath heather high hill hills holiday holly home honey hood hook hope horn house hunt hunter iris ivy
jack jade james jay jewel jordan joy judge june just keen kent key king kings knight lake lamb lance land lane law
lay leaf lee light lily little lock long lord love low major marble march mark marks marsh mason mat may mayor
meadows mercy merit mike mile miles mill miller mills mine miner mint monk moon moor moore moss newman nick noble
north nurse oak old olive page palm park parker parks parrot pat patience peace pearl penny pepper perry phil pierce
pike pine piper pitt plant plum pole pollard pond pool pope porter potter pound power powers price prince provost
quick rain ray reed rich rider ring rivers rob robin rock roman rose roses rush russell rusty sage sales sam sand
sands savage sawyer sharp shepherd short silver singer skinner small smith snow sparks speaker spring star stark
steel stern steward stone street strong sue summer summers sun swan swift tab tailor tanner taylor terry thatcher
tile todd tower towers trainer turner tyler usher vale van victor viola violet walker wall waller ward waters
weaver webb weber welder wells west wheat wheeler white wild will wind winter wise wolf wood woods worth wright
young
acker adler alt arm bach baer bauer baum becker berg bergmann bock boden brand braun breit bruder brunnen busch dick
dorn eigen eis engel ernst esch falk falke fass feld fest fink fischer fleischer frei freitag freund friede fritz
froh fuchs gross groß hahn hammer hase haus hecht heide heil held herbst hering herr hirsch hof holz horn huber
huhn jung kaiser kamm kern kessel klein klug koch kohl kraft krause kranz krieg kroll krug kunst kurz lang lange
lauf lehmann licht lieb linde lohn mai mann maurer mehr meister metz moll moos morgen mut nagel neu neumann nuss
ober ort ost peter pfeifer pohl post probst rabe rat rau recht reich reif reiter richter ring ritter roth rot sand
sauer schaf schatz schlosser schmied schneider schnell schreiber schreiner schulz schuster schwan schwarz seidel
sommer sonne sonntag specht spiegel stahl stark stein stern still stock stolz storch strauss strauß stroh sturm
tanne teich thoma tisch toll vogel vogt voll wagen wagner wald weber wein weiss weiß welle wels werk werner west
winkler winter wirt wolf wolff zahn zeit zimmer zimmermann zoll
"""
_OURS: Final = """
analyst architect assessor assessors assistant business case cases client company coordinator customer data
developer director engineer engineers expert group head insider interviewer lead leader machine manager managers
member model observer officer operator organisation owner participant participants person plant platform project
researcher reviewer role scientist site specialist stakeholder student supplier team tester user vendor worker
"""
_PARTS: Final = frozenset(_OURS.split())
_MOST: Final = 12_000


@functools.cache
def _words() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    lists = (FREQUENCY_LISTS[name][:_MOST] for name in ("english_wikipedia", "us_tv_and_film"))
    return frozenset((*_ALSO_NAMES.split(), *_PARTS, *itertools.chain.from_iterable(lists)))


def is_ours(word: str) -> bool:
    """Whether a word, in small letters, is what people are called by the part they play: "assessor", "engineer"."""
    return word in _PARTS


def is_common(word: str) -> bool:
    """Whether a word, in small letters, is one of every day, in English or, of those that are also names, German."""
    return word in _words()
