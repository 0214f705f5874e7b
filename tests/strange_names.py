"""Names that the base does not know, in both scripts, and ordinary words: what people may type that must not be bent."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CITIES = _words(
    """
    Aachen Aalborg Abuja Accra Adelaide Agra Aleppo Alexandria Algiers Amman Amsterdam Ankara Antwerp Ashgabat Asmara
    Astana Asuncion Athens Atlanta Auckland Austin Baghdad Baku Baltimore Bamako Bangalore Bangkok Bangui Barcelona
    Basel Basra Beirut Belgrade Bergen Berlin Bern Bilbao Birmingham Bogota Bologna Bonn Bordeaux Boston Brasilia
    Bratislava Bremen Brisbane Bristol Brno Brussels Bucharest Budapest Burien Cairo Calgary Canberra Caracas Cardiff
    Casablanca Centralia Chennai Chicago Cincinnati Cologne Colombo Conakry Copenhagen Cordoba Cusco Dakar Dallas
    Damascus Delhi Denver Detroit Dhaka Djibouti Doha Dortmund Dresden Dubai Dublin Durban Dushanbe Edinburgh Essen
    Florence Frankfurt Freetown Fukuoka Gaborone Gdansk Geneva Genoa Georgetown Ghent Glasgow Gothenburg Granada Graz
    Grenoble Hague Halifax Hamburg Hanoi Harare Havana Helsinki Hiroshima Honolulu Houston Hyderabad Innsbruck
    Islamabad Istanbul Izmir Jaipur Jakarta Jerusalem Johannesburg Juba Kabul Kampala Kansas Karachi Kathmandu Khartoum
    Kiev Kigali Kingston Kinshasa Kobe Kolkata Krakow Kyoto Lagos Lahore Leeds Leicester Leipzig Libreville Lille
    Lilongwe Lima Linz Lisbon Liverpool Ljubljana Lodz Lome London Luanda Lusaka Luxembourg Lyon Macau Madrid Malaga
    Managua Manama Manchester Manila Maputo Marrakech Marseille Maseru Mecca Medellin Medina Melbourne Memphis Miami
    Milan Minneapolis Minsk Mogadishu Monaco Monrovia Montevideo Montreal Moscow Mumbai Munich Muscat Nagoya Nairobi
    Nantes Naples Nashville Nassau Niamey Nicosia Nottingham Nuremberg Odessa Osaka Oslo Ottawa Oxford Palermo Panama
    Paris Perth Philadelphia Phoenix Pittsburgh Plano Plovdiv Podgorica Porto Prague Pretoria Provo Pyongyang Quebec
    Quito Rabat Reykjavik Riga Riyadh Rome Rotterdam Salzburg Sapporo Sarajevo Seattle Seoul Seville Sheffield
    Singapore Skopje Sofia Split Stockholm Strasbourg Stuttgart Sydney Tallinn Tampa Tashkent Tbilisi Tehran Tirana
    Tokyo Toronto Toulouse Tripoli Trieste Tunis Turin Utrecht Valencia Vancouver Venice Verona Vienna Vilnius Warsaw
    Wellington Windhoek Winnipeg Yerevan Yokohama Zagreb Zurich
    """
)
"""Cities abroad, by one word."""
ORDINARY = _words(
    """
    apple banana bread bridge butter castle chair cloud coffee dinner doctor dragon elephant flower football garden
    ghost guitar hammer honey horse island jacket kitchen ladder lemon letter lion mirror monkey mountain music needle
    onion orange painter pencil pepper piano picture pillow planet potato rabbit ring river rocket salt shadow shoe
    silver snake soldier spider stone sugar summer table tiger tomato tower turtle umbrella urban valley vague violin
    wagon whisper window winter wizard wolf yellow zebra
    """
)
"""English words that name nothing."""
STRANGERS = {
    "火星": "Mars", "金星": "Venus", "木星": "Jupiter", "冥王星": "Pluto", "半人马座": "Centaurus",
    "微软": "Microsoft", "特斯拉": "Tesla", "腾讯": "Tencent", "西门子": "Siemens", "华为": "Huawei", "小米": "Xiaomi",
    "阿里巴巴": "Alibaba", "拼多多": "Pinduoduo", "谷歌": "Google", "可口可乐": "Cola", "海底捞": "Haidilao",
    "麦当劳": "McDonalds", "耐克": "Nike", "宝马": "BMW", "丰田": "Toyota", "索尼": "Sony",
    "张三": "Zhangsan", "李四": "Lisi", "王小明": "Xiaoming", "马云": "Jackma", "马斯克": "Musk",
    "李白": "Libai", "杜甫": "Dufu", "曹操": "Caocao", "孙悟空": "Wukong", "贝多芬": "Beethoven",
    "牛顿": "Newton", "莎士比亚": "Shakespeare", "巴菲特": "Buffett", "丘吉尔": "Churchill", "姚明": "Yaoming",
    "廷巴克图": "Timbuktu", "亚特兰蒂斯": "Atlantis", "佛罗伦萨": "Florence", "萨尔茨堡": "Salzburg",
    "利物浦": "Liverpool", "慕尼黑": "Munich", "布拉格": "Prague", "基加利": "Kigali", "喀布尔": "Kabul", "利马": "Lima",
    "巧克力": "Chocolate", "面条": "Noodles", "香蕉": "Bananas", "西瓜": "Watermelon", "豆腐": "Tofu",
    "饺子": "Dumplings", "咖喱": "Curry", "披萨": "Pizza", "火锅": "Hotpot", "烤鸭": "Ducks",
    "恐龙": "Dinosaurs", "熊猫": "Pandas", "吉他": "Guitars", "月亮": "Comets", "长颈鹿": "Giraffes",
}  # fmt: skip
"""What the base holds nothing about: planets, companies, people, cities, food and other things, in both scripts."""
SLIPS = {
    "杭洲": "hangzhou", "苏洲": "suzhou-jiangsu", "常洲": "changzhou", "徐洲": "xuzhou", "湖洲": "huzhou", "温洲": "wenzhou",
    "宁坡": "ningbo", "合淝": "hefei", "淮男": "huainan", "绍心": "shaoxing", "安微": "anhui", "江芦": "jiangsu",
    "闵杭": "minhang", "长三脚": "yangtze-river-delta", "上嗨": "shanghai", "上嗨市": "shanghai", "马安山": "maanshan",
    "连云岗": "lianyungang", "六鞍": "luan", "宿洲": "suzhou-anhui", "南经": "nanjing", "合非": "hefei", "浙讲": "zhejiang",
    "杭洲市": "hangzhou", "航州": "hangzhou", "徐洲市": "xuzhou", "除州": "chuzhou",
}  # fmt: skip
"""Names of places with one character wrong, and what they are read as or offered for."""
COMMON = _words(
    """
    义务 启动 假定 奉献 宣称 常数 同乡 精华 聪明 物价 衣服 音乐 电影 天气 朋友 老师 学生 医生 家庭 孩子 父母 爱情 生活
    工作 学习 时间 今天 明天 昨天 早上 晚上 中午 春天 夏天 秋天 冬天 东西 地方 事情 问题 办法 意思 消息 新闻 故事 历史
    文化 艺术 体育 健康 安全 和平 自由 平等 公平 正义 法律 道德 科学 技术 数学 物理 化学 生物 地理 语言 文字 词典 书店
    报纸 杂志 电视 电脑 手机 网络 软件 硬件 数据 信息 密码 邮件 汽车 火车 飞机 轮船 自行车 道路 桥梁 房子 房间 厨房
    窗户 桌子 椅子 床铺 灯光 水果 蔬菜 米饭 面包 牛奶 鸡蛋 茶叶 咖啡 啤酒 糖果 盐巴 衬衫 裤子 鞋子 帽子 眼镜 手表 雨伞
    钱包 钥匙 颜色 红色 蓝色 白色 黑色 动物 植物 花草 树木 森林 河流 湖泊 海洋 高山 沙漠 草原 天空 太阳 月光 星空 地球
    世界 国家 民族 人民 社会 政府 军队 警察 法院 银行 医院 学校 公园 商店 市场 饭店 宾馆 工厂 农村 城里 街道 邻居 客人
    主人 敌人 英雄 领袖 总统 国王 皇帝 将军 士兵 工人 农民 商人 作家 画家 歌手 演员 记者 律师 司机 厨师 护士 校长 经理
    老板 职员 秘书 会议 报告 计划 方案 目标 结果 原因 条件 机会 困难 危险 痛苦 快乐 幸福 悲伤 愤怒 害怕 担心 希望 相信
    怀疑 理解 记忆 忘记 思想 感情 精神 灵魂 身体 头发 眼睛 鼻子 嘴巴 耳朵 手臂 手指 心脏 血液 骨头 皮肤 疾病 药品 治疗
    手术 死亡 出生 结婚 离婚 旅行 休息 睡觉 吃饭 喝水 跑步 游泳 唱歌 跳舞 画画 读书 写字 说话 听见 看见 买卖 付钱 借款
    赚钱 投资 贸易 出口 进口 价格 成本 利润 收入 支出 税收 保险 股票 债券 基金 货币 黄金 石油 煤炭 天然气 电力 钢铁
    水泥 木材 纸张 玻璃 塑料 橡胶 棉花 丝绸 羊毛 皮革
    """
)
"""Common words of Chinese; a good many sound like the name of a city in one character."""
