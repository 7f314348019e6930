"""Everyday nouns in three languages, inflected as a story has them, and the subject each must be."""

# Lists of words, which are not broken into lines:
# ruff: noqa: E501

import pytest

from storyreel.domain.values import Language
from storyreel.lexicon import mentions

ENGLISH = """
keeper: keeper, lighthouse keepers, keeper's; lighthouse: lighthouse, lighthouses; bottle: bottles; message_in_a_bottle: message in a bottle
letter: letters, envelope, messages; ship: ships, steamer; sailboat: sailboat, yachts; rowboat: boats, rowboat; storm_none: storm
man: man, men, gentlemen; woman: woman, women, ladies; boy: boys, grandson; girl: girls, daughter; child: children, kids; baby: babies
old_man: old man, old men, grandfather; old_woman: grandmother, granny; mother: mothers, mom; father: father, dad; brother: brothers
sister: sisters; husband: husband; wife: wives; friend: friends; fisherman: fisherman, fishermen; sailor: sailors; captain: the captain
pirate: pirates; diver: divers; farmer: farmers, villagers; shepherd: shepherds; gardener: gardener; hunter: hunters, huntsman
soldier: soldiers; knight: the knights; king: kings; queen: queens; prince: prince; princess: princesses; wizard: wizards; witch: witches
monk: monks; nun: nuns; priest: priests; doctor: doctors; nurse: the nurse; teacher: teachers; student: students; scientist: scientists
detective: detectives; police_officer: policemen, police officer; thief: thieves; postman: postman, postmen; chef: chefs; baker: bakers
waitress: waitresses; driver: drivers; taxi_driver: taxi driver; astronaut: astronauts; pilot: the pilots; violinist: violinists; dancer: dancers, ballerina
singer: singers; musician: musicians; clown: clowns; painter: painters; lamplighter: lamplighters; robot: robots; ghost: ghosts
dragon: dragons; alien: aliens; mermaid: mermaids; fairy: fairies; giant: giants; angel: angels; monster: monsters; unicorn: unicorns
dog: dogs, puppies; cat: cats, kitten; horse: horses, pony; wolf: wolf, wolves; fox: foxes; bear: a bear, two bears; deer: deer; cow: cows
sheep: sheep, lambs; goat: goats; pig: pigs; camel: camels; caravan: caravan; elephant: elephants; lion: lions; tiger: tigers; rabbit: hare
monkey: monkeys; squirrel: squirrels; mouse: mice; bird: bird, nightingale; seagull: seagulls; crow: crows, raven; eagle: eagles; owl: owls
duck: the ducks; goose: geese; swan: swans; chicken: hens; fish: a fish; shark: sharks; whale: a whale; dolphin: dolphins; octopus: octopuses
turtle: turtles; snake: snakes; frog: frogs; butterfly: butterflies; bee: bees; spider: spiders; snail: snails; car: cars; taxi: taxi, cabs
bus: buses; train: the train, trains of; bicycle: bicycles, bike; motorcycle: motorcycles; truck: trucks; plane: the plane, airplanes
rocket: rockets; spaceship: spaceships; hot_air_balloon: hot air balloon; submarine: submarine; carriage: carriages; house: houses, mansion
hut: huts, cottages; tower: towers; castle: castles; church: churches; bridge: a bridge, bridges in; tent: tents; windmill: windmills
well: the well; fountain: fountain; statue: statues; snowman: snowmen; table: the table; chair: a chair; bed: beds; door: doors; window: windows
lamp: lamps; candle: candles; lantern: lanterns; campfire: campfire; key: keys; book: the books; map: the map; sword: swords; umbrella: umbrellas
suitcase: suitcases; violin: violins; guitar: guitars; piano: pianos; drum: the drum; kite: kites; balloon: balloons; ball: balls; doll: dolls
tree: trees, oak; pine: pine trees; palm: palms; flower: flower, wildflowers; rose: a rose, red roses; mushroom: mushrooms; leaf: a leaf
moon: moon; sun: sun; star: the stars; cloud: clouds in; rainbow: rainbow; mountain: mountains; rock: the rocks; island: islands
apple: apples; bread: bread; cake: cakes; tea: cup of tea; crown: the crown; ring: the ring; telescope: telescopes; anchor: an anchor
"""

RUSSIAN = """
keeper: смотрителя маяка, смотрителем; lighthouse: маяка, маяку, на маяке, маяков; bottle: бутылку, бутылки, бутылок
message_in_a_bottle: послание в бутылке, письма в бутылке; letter: письмо, письма, писем, записку, конверте; ship: корабля, кораблём, корабли, пароходу
sailboat: яхту, яхты; rowboat: лодки, лодку, лодок, в лодке; man: мужчины, мужчин, парня; woman: женщине, женщины, даму
young_woman: девушка, девушку, девушек; boy: мальчика, мальчики, сына, внуком; girl: девочке, девочку, дочери, внучку; child: ребёнка, дети, детей, малыши
old_man: старика, старику, деда, дедушки; old_woman: старуху, бабушка, бабушке; mother: матери, мать, маму; father: отца, отцу, отцом
brother: братья, брата; sister: сестры, сестёр; husband: мужа; wife: жены, жену; friend: друзья, друга; woman_friend: подругу; fisherman: рыбака, рыбаки
sailor: матроса, моряки; captain: капитана; pirate: пиратов; farmer: крестьяне, крестьянина; shepherd: пастуха; hunter: охотники, лесника
soldier: солдаты, солдата; knight: рыцаря, рыцари; king: короля, царь, царя; queen: королеву, царице; prince: принца; princess: принцессу, царевны
wizard: волшебника; witch: ведьмы, ведьму; monk: монаха; priest: священника; doctor: врача, врачи; nurse: медсестру; teacher: учительница, учителя
student: студенты, ученика; scientist: учёного, учёные; detective: детектива, сыщику; police_officer: полицейского; thief: вора, воры
postman: почтальона; chef: повара, повару; driver: водителя; taxi_driver: таксист; astronaut: космонавта, космонавты; pilot: лётчика; violinist: скрипача, скрипачка
dancer: балерину, танцовщицы; singer: певицу, певец; musician: музыканты; clown: клоуна; painter: художника; lamplighter: фонарщика, фонарщик
robot: робота, роботы; ghost: призрака, привидения; dragon: дракона; mermaid: русалку; fairy: феи; giant: великана; monster: чудовища
dog: собаку, пса, щенка, щенки; cat: кошку, кота, котёнка, котят; horse: лошади, коня, кони; wolf: волка, волки, волков; fox: лису, лисы, лисицу
bear: медведя, медведи; deer: оленя; cow: корову, коров; sheep: овец, ягнёнка; goat: козу, козла; pig: свиней; camel: верблюды, верблюда; caravan: караван, каравана
elephant: слона; lion: льва, львы; tiger: тигра; rabbit: зайца, зайцы, кролика; squirrel: белку; mouse: мыши; hedgehog: ежа, ёжик; bird: птицу, птичку
seagull: чайку, чайки, чаек; crow: ворону, ворон; eagle: орла; owl: сову; duck: утку; goose: гусей; swan: лебедя; rooster: петуха; fish: рыбу, рыбы
shark: акулу; whale: кита, киты; dolphin: дельфинов; snake: змею, змеи; frog: лягушку; butterfly: бабочку, бабочек; spider: паука; car: машину, автомобиля
taxi: такси; bus: автобусе; train: поезд, поезда, поездов; bicycle: велосипеде; motorcycle: мотоцикл; truck: грузовики; plane: самолёта; rocket: ракету
spaceship: космического корабля, звездолёт; hot_air_balloon: воздушном шаре; submarine: подводной лодке; carriage: карету; house: дома, домик, домов
hut: избушку, хижины; tower: башне, башен; castle: замка, крепости, дворце; church: церкви, церковь; bridge: моста, мосту; tent: палатку; windmill: мельницы
well: колодца; fountain: фонтана; statue: памятника, статую; snowman: снеговика; table: стол, столе; chair: стула, стулья; bed: кровати; door: двери, дверь
window: окна, окно, окну; lamp: лампы; candle: свечу, свечи; lantern: фонарь, фонаря; campfire: костра, костёр, огня; key: ключа, ключи; book: книгу, книг
map: карту; sword: меча; umbrella: зонта; suitcase: чемодана; violin: скрипку, скрипки; guitar: гитару; piano: рояля, пианино; kite: воздушного змея
ball: мяча; doll: куклу; tree: дерева, деревья, дуба; pine: сосны, сосен, ели; birch: берёзы, берёз; palm: пальмы; flower: цветка, цветы; rose: розу
mushroom: грибы; moon: луны, луну; sun: солнца; star: звезды, звёзды, звёзд; cloud: облака, тучи, туч; rainbow: радугу; rock: камня, скалы
island: острова, острове; apple: яблока; bread: хлеба; cake: торта; tea: чая; crown: корону; ring: кольца; telescope: телескоп; anchor: якоря; clock: часы
"""

CHINESE = """
keeper: 守塔人, 灯塔看守人; lighthouse: 灯塔; bottle: 瓶子; message_in_a_bottle: 漂流瓶; letter: 信, 信封; ship: 船, 轮船; sailboat: 帆船; rowboat: 小船, 渔船
man: 男人, 男子; woman: 女人, 女士; young_woman: 姑娘, 少女; boy: 男孩, 小男孩; girl: 女孩, 小女孩; child: 孩子, 小孩; baby: 婴儿; old_man: 老人, 爷爷, 老头
old_woman: 奶奶, 老奶奶; mother: 母亲, 妈妈; father: 父亲, 爸爸; brother: 哥哥; sister: 姐姐; husband: 丈夫; wife: 妻子; friend: 朋友; fisherman: 渔夫, 渔民
sailor: 水手; captain: 船长; pirate: 海盗; farmer: 农夫; shepherd: 牧羊人; hunter: 猎人; soldier: 士兵; knight: 骑士; king: 国王; queen: 女王; prince: 王子
princess: 公主; wizard: 巫师; witch: 女巫; monk: 和尚; nun: 修女; priest: 牧师; doctor: 医生; nurse: 护士; teacher: 老师; student: 学生; scientist: 科学家
detective: 侦探; police_officer: 警察; thief: 小偷; postman: 邮递员; chef: 厨师; waiter: 服务员; driver: 司机; astronaut: 宇航员; pilot: 飞行员
violinist: 小提琴手; dancer: 舞者; singer: 歌手; musician: 音乐家; clown: 小丑; painter: 画家; lamplighter: 点灯人; traveller: 旅人; robot: 机器人; ghost: 幽灵
dragon: 龙, 巨龙; alien: 外星人; mermaid: 美人鱼; fairy: 仙女; giant: 巨人; angel: 天使; monster: 怪物; unicorn: 独角兽; dog: 狗, 小狗; cat: 猫, 黑猫; horse: 马, 白马
wolf: 狼; fox: 狐狸; bear: 熊; panda: 熊猫; deer: 鹿; cow: 牛; sheep: 羊; goat: 山羊; pig: 猪; camel: 骆驼; elephant: 大象; lion: 狮子; tiger: 老虎; rabbit: 兔子
monkey: 猴子; squirrel: 松鼠; mouse: 老鼠; bird: 鸟, 小鸟; seagull: 海鸥; crow: 乌鸦; eagle: 老鹰; owl: 猫头鹰; duck: 鸭子; goose: 鹅; swan: 天鹅; chicken: 母鸡
fish: 鱼; shark: 鲨鱼; whale: 鲸鱼; dolphin: 海豚; octopus: 章鱼; turtle: 乌龟; snake: 蛇; frog: 青蛙; butterfly: 蝴蝶; bee: 蜜蜂; spider: 蜘蛛; snail: 蜗牛
car: 汽车, 车; taxi: 出租车; bus: 公交车; train: 火车; bicycle: 自行车; motorcycle: 摩托车; truck: 卡车; plane: 飞机; rocket: 火箭; spaceship: 飞船; hot_air_balloon: 热气球
submarine: 潜艇; carriage: 马车; house: 房子; hut: 小屋; tower: 塔; castle: 城堡; church: 教堂; skyscraper: 高楼; bridge: 桥; tent: 帐篷; windmill: 风车; fountain: 喷泉
statue: 雕像; snowman: 雪人; table: 桌子; chair: 椅子; bed: 床; door: 门; window: 窗户; stairs: 楼梯; lamp: 台灯; lamp_post: 路灯; candle: 蜡烛; lantern: 提灯
campfire: 篝火; key: 钥匙; book: 书; map: 地图; sword: 剑; umbrella: 雨伞; suitcase: 行李箱; violin: 小提琴; guitar: 吉他; piano: 钢琴; drum: 鼓; kite: 风筝
balloon: 气球; ball: 球; doll: 木偶; tree: 树; pine: 松树; willow: 柳树; flower: 花; rose: 玫瑰; mushroom: 蘑菇; leaf: 树叶; moon: 月亮; sun: 太阳; star: 星星
cloud: 云; rainbow: 彩虹; mountain: 山; rock: 石头; island: 小岛; apple: 苹果; bread: 面包; cake: 蛋糕; tea: 茶; crown: 王冠; ring: 戒指; telescope: 望远镜; anchor: 锚
"""


def _table(text: str) -> list[tuple[str, str]]:
    entries = [entry.partition(":") for line in text.splitlines() for entry in line.split(";") if entry.strip()]
    return [(word.strip(), id.strip()) for id, _, words in entries for word in words.split(",")]


CASES = [
    (language, word, id)
    for language, text in ((Language.ENGLISH, ENGLISH), (Language.RUSSIAN, RUSSIAN), (Language.CHINESE, CHINESE))
    for word, id in _table(text)
    if not id.endswith("_none")
]


@pytest.mark.parametrize("language", Language)
def test_at_least_150_subjects_are_tried_in_each_language(language: Language) -> None:
    assert len({id for lang, _, id in CASES if lang is language}) >= 150


@pytest.mark.parametrize("language", Language)
def test_a_noun_is_found_as_its_subject(language: Language) -> None:
    missed = [(word, _ids(word, lang)) for lang, word, id in CASES if lang is language and _ids(word, lang) != [id]]

    assert missed == []


@pytest.mark.parametrize("language", Language)
def test_a_noun_is_found_in_the_middle_of_a_sentence(language: Language) -> None:
    around = {Language.ENGLISH: "Slowly, near {}, it ends.", Language.RUSSIAN: "Тихо, {} рядом.", Language.CHINESE: "看，{}。"}[
        language
    ]

    missed = [word for lang, word, id in CASES if lang is language and id not in _ids(around.format(word), language)]

    assert missed == []


def _ids(text: str, language: Language) -> list[str]:
    return [one.concept.id for one in mentions(text, language)]
